// Opens Drydock: `npm start`, or `npm start -- --browser` for the browser. Installs and builds
// first what is missing.
import { ensureBuilt } from './lib/bundle.mjs';
import { run } from './lib/child.mjs';
import { fetchElectron, findElectron, whyNoWindow } from './lib/electron.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, root, say } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

/** A window that fails within this time never opened. */
const openedAfterMs = 5000;

const canOpenBrowser = () =>
  !process.env.CI &&
  !process.env.SSH_CONNECTION &&
  (process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY));

/**
 * @param {import('./lib/runtime.mjs').Runtime} runtime
 * @param {string[]} args
 * @returns {Promise<number | null>} null when no window could be opened, which was reported
 */
async function openWindow(runtime, args) {
  const instead = 'Opening Drydock in the browser instead.';
  const obstacle = whyNoWindow();
  if (obstacle) {
    say(`No window: ${obstacle}. ${instead}`);
    return null;
  }
  const electron = findElectron() ?? (await fetchElectron(runtime));
  if (!electron) {
    say(`Electron isn't installed and couldn't be fetched. ${instead}`);
    return null;
  }
  const { ELECTRON_RUN_AS_NODE: _, ...env } = runtime.env;
  const startedAt = Date.now();
  const code = await run(electron, [root, ...args], {
    env: { ...env, DRYDOCK_NODE: runtime.node },
  });
  if (code === 0 || code > 128 || Date.now() - startedAt > openedAfterMs) return code;
  say(`Electron couldn't start (exit ${code}). ${instead}`);
  return null;
}

await launch(async () => {
  const args = process.argv.slice(2);
  const rest = args.filter((arg) => arg !== '--browser');
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  if (!args.includes('--browser')) {
    const code = await openWindow(runtime, rest);
    if (code !== null) return code;
  }
  const open = canOpenBrowser() && !rest.includes('--open') ? ['--open'] : [];
  return run(runtime.node, [inProject('out', 'main', 'host.js'), ...rest, ...open], {
    env: runtime.env,
  });
});
