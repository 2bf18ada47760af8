// Hot reload: `npm run dev`. In Electron if its binary is installed, otherwise in the browser: Vite
// serves the pages and proxies their requests to a host that restarts whenever the core's code
// changes.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { run } from './lib/child.mjs';
import { findElectron, whyNoWindow } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, root, say } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createTcpServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * The current host: one process at a time, always on the same port.
 * @param {import('./lib/runtime.mjs').Runtime} runtime
 * @param {number} port
 */
function restartableHost(runtime, port) {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child;
  let token = '';
  const stop = async () => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const closed = new Promise((resolve) => ending.once('close', resolve));
    ending.kill('SIGTERM');
    await closed;
  };
  const start = async () => {
    await stop();
    child = spawn(runtime.node, [inProject('out', 'main', 'host.js'), '--port', String(port)], {
      cwd: root,
      env: runtime.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const started = child;
    await new Promise((resolve) => {
      started.once('close', resolve);
      started.stdout?.setEncoding('utf8').on('data', (text) => {
        const found = /[?&]token=(\S+)/.exec(text)?.[1];
        if (!found) return;
        token = found;
        resolve(undefined);
      });
    });
  };
  return { start, stop, token: () => token };
}

/**
 * Proxies requests to the host, with the token that the page doesn't have. Only for pages of the
 * development server itself: another page that could reach it would get access too.
 * @param {number} port
 * @param {() => string} token
 */
function proxyTo(port, token) {
  const target = `http://127.0.0.1:${port}`;
  /** @type {(proxy: any) => void} */
  const configure = (proxy) => {
    const letIn = (
      /** @type {import('node:http').ClientRequest} */ outgoing,
      /** @type {import('node:http').IncomingMessage} */ incoming,
    ) => {
      const { origin, host } = incoming.headers;
      if (origin !== undefined && origin !== `http://${host}`) return;
      if (origin !== undefined) outgoing.setHeader('origin', target);
      outgoing.removeHeader('cookie');
      outgoing.setHeader('authorization', `Bearer ${token()}`);
    };
    proxy.on('proxyReq', letIn);
    proxy.on('proxyReqWs', letIn);
  };
  const options = { target, changeOrigin: true, configure };
  return { '/api': options, '/rpc': { ...options, ws: true } };
}

/** @param {import('./lib/runtime.mjs').Runtime} runtime */
async function devInBrowser(runtime) {
  process.chdir(root);
  const { resolveConfig } = await import('electron-vite');
  const { build, createServer, mergeConfig } = await import('vite');
  const { config } = await resolveConfig({}, 'serve', 'development');
  const port = await freePort();
  const host = restartableHost(runtime, port);

  await new Promise((resolve, reject) => {
    let built = false;
    const onBuilt = {
      name: 'drydock:restart-host',
      closeBundle: async () => {
        if (built) say('The core has changed: starting it anew.');
        built = true;
        await host.start();
        resolve(undefined);
      },
    };
    const watched = { plugins: [onBuilt], logLevel: 'warn', build: { watch: {} } };
    build(mergeConfig(config?.main ?? {}, watched)).catch(reject);
  });

  const server = await createServer(
    mergeConfig(config?.renderer ?? {}, {
      logLevel: 'warn',
      server: { host: '127.0.0.1', proxy: proxyTo(port, host.token) },
    }),
  );
  await server.listen();
  process.stdout.write(`Drydock with hot reload is open at ${server.resolvedUrls?.local[0]}\n`);

  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  await host.stop();
  await server.close();
  // The watcher never ends by itself.
  process.exit(0);
}

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  // The result isn't the build that the other commands expect.
  rmSync(inProject('out', '.built'), { force: true });
  if (runtime.node !== process.execPath) {
    return run(runtime.node, [process.argv[1] ?? '', ...process.argv.slice(2)], {
      env: runtime.env,
    });
  }
  const browser = process.argv.includes('--browser') || whyNoWindow() || !findElectron();
  if (browser) {
    await devInBrowser(runtime);
    return 0;
  }
  const electronVite = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  return run(runtime.node, [electronVite, 'dev', '--watch'], {
    cwd: root,
    env: { ...runtime.env, DRYDOCK_NODE: runtime.node },
  });
});
