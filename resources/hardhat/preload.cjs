// Loaded into Hardhat by `node --require`. Lets one of the networks of the loaded configuration lead
// to the chain of a run, in memory: no file of the project is changed, and every command and script
// that loads Hardhat sees it. DRYDOCK_HARDHAT holds what is set, as JSON:
// { network, url, chainId, accounts?: "remote", major?: 2 | 3, paths? }; without it nothing happens.
// When the folders that Hardhat resolves are others than `paths`, Drydock is told before they are used.
'use strict';

const { spawnSync } = require('node:child_process');
const Module = require('node:module');
const path = require('node:path');

/** @typedef {{ network: string; url: string; chainId: number; accounts?: 'remote'; major?: number; paths?: Record<string, string> }} Direction */

/** Where Hardhat 2 and 3 load the user's configuration. */
const LOADER = {
  two: /[\\/]hardhat[\\/]internal[\\/]core[\\/]config[\\/]config-loading\.js$/,
  three: /[\\/]hardhat[\\/]dist[\\/]src[\\/]internal[\\/]config-loading\.js$/,
};
const CONFIG_FILE = /\.[cm]?[jt]s(\?.*)?$/;
const TIMEOUT_MS = 120_000;

/** @type {Direction | null} */
const direction = process.env.DRYDOCK_HARDHAT ? JSON.parse(process.env.DRYDOCK_HARDHAT) : null;

if (direction) {
  // Hooks make every module slower to load: only those of the Hardhat that is there, if it is known.
  if (direction.major !== 3) directTwo(direction);
  if (direction.major !== 2) directThree(direction);
}

/** The configuration with the network directed. What else it says of the network stays. */
function directed(config, { network, url, chainId, accounts }, isThree) {
  const networks = config?.networks ?? {};
  const had = networks[network] ?? {};
  const { type: _, forking: __, mining: ___, ...kept } = had.type === 'edr-simulated' ? {} : had;
  return {
    ...config,
    networks: {
      ...networks,
      [network]: {
        ...kept,
        ...(isThree ? { type: 'http' } : {}),
        url,
        chainId,
        timeout: TIMEOUT_MS,
        ...(accounts ? { accounts } : {}),
      },
    },
  };
}

/** Hardhat 2 requires the file by its absolute path; everything else its loader requires by name. */
function directTwo(to) {
  const load = Module._load;
  Module._load = function (request, parent, ...rest) {
    const loaded = load.call(this, request, parent, ...rest);
    if (typeof request === 'string' && request.endsWith('/config-loading')) tellOfTwo(loaded, to);
    const isConfig =
      typeof request === 'string' &&
      path.isAbsolute(request) &&
      LOADER.two.test(parent?.filename ?? '');
    if (!isConfig || loaded === null || typeof loaded !== 'object') return loaded;
    return loaded.default === undefined
      ? directed(loaded, to, false)
      : { ...loaded, default: directed(loaded.default, to, false) };
  };
}

const isTold = new WeakSet();

/** What its loader resolves, plugins included. */
function tellOfTwo(loader, to) {
  if (typeof loader?.loadConfigAndTasks !== 'function' || isTold.has(loader)) return;
  isTold.add(loader);
  const resolve = loader.loadConfigAndTasks;
  loader.loadConfigAndTasks = (...given) => {
    const resolved = resolve(...given);
    tell(resolved?.resolvedConfig?.paths, to);
    return resolved;
  };
}

/** A plugin that is told once everything is resolved. */
const tellOfThree = (to) => ({
  id: 'drydock-paths',
  hookHandlers: {
    hre: async () => ({
      default: async () => ({ created: async (_, hre) => tell(hre.config.paths, to) }),
    }),
  },
});

/** Posts a text to an address, and waits for the reply. */
const POST = `const { POST_TO: url, POSTED: body } = process.env;
const headers = { 'content-type': 'application/json' };
const post = require('node:http').request(url, { method: 'POST', headers }, (reply) => reply.resume());
post.on('error', () => undefined).end(body);`;
const TOLD_WITHIN_MS = 20_000;

/**
 * Tells Drydock of folders that it does not know, and waits: it lays out the records that tools are
 * about to read there. A process of its own, because Hardhat 2 loads its configuration synchronously.
 */
function tell(paths, { url, paths: known = {} }) {
  const config = paths?.configFile ?? paths?.config;
  if (typeof config !== 'string') return;
  const folders = Object.keys(known).flatMap((name) =>
    typeof paths[name] === 'string'
      ? [[name, path.relative(path.dirname(config), paths[name]).split(path.sep).join('/')]]
      : [],
  );
  if (folders.every(([name, folder]) => folder === known[name])) return;
  const params = [Object.fromEntries(folders)];
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'drydock_paths', params });
  const env = { ...process.env, NODE_OPTIONS: '', POST_TO: url, POSTED: body };
  spawnSync(process.execPath, ['-e', POST], { env, stdio: 'ignore', timeout: TOLD_WITHIN_MS });
}

/** Hardhat 3 imports the file: it is given a module that imports it, and exports it directed. */
function directThree(to) {
  if (!Module.registerHooks) return;
  globalThis.__drydockDirected = (config) => ({
    ...directed(config, to, true),
    plugins: [...(config?.plugins ?? []), tellOfThree(to)],
  });
  Module.registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const isConfig =
        specifier.startsWith('file:') &&
        LOADER.three.test(context.parentURL ?? '') &&
        CONFIG_FILE.test(found.url) &&
        !found.url.includes('/node_modules/');
      if (!isConfig) return found;
      const file = JSON.stringify(found.url);
      const source = `import * as loaded from ${file};
const config = loaded.default?.default ?? loaded.default;
export default globalThis.__drydockDirected(config);`;
      // No hook loads it: that would take part in the loading of every other module.
      const url = `data:text/javascript,${encodeURIComponent(source)}`;
      return { url, format: 'module', shortCircuit: true };
    },
  });
}
