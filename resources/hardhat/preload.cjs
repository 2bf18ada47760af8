// Loaded into Hardhat by `node --require`. Lets one of the networks of the loaded configuration lead
// to the chain of a run, in memory: no file of the project is changed, and every command and script
// that loads Hardhat sees it. DRYDOCK_HARDHAT holds what is set, as JSON:
// { network, url, chainId, accounts?: "remote", major?: 2 | 3 }; without it nothing happens.
'use strict';

const Module = require('node:module');
const path = require('node:path');

/** @typedef {{ network: string; url: string; chainId: number; accounts?: 'remote'; major?: number }} Direction */

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

/** Hardhat 3 imports the file: it is given a module that imports it, and exports it directed. */
function directThree(to) {
  if (!Module.registerHooks) return;
  globalThis.__drydockDirected = (config) => directed(config, to, true);
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
