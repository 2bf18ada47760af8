import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setInterval as every } from 'node:timers';
import { start } from './child.mjs';
import { inProject, say } from './project.mjs';

const folder = inProject('node_modules', 'electron');

/** A download without a byte for this long has failed. */
const stalledAfterMs = 15_000;

/** @returns {string | null} the binary of the lockfile's Electron, if it is installed */
export function findElectron() {
  const given = process.env.ELECTRON_EXEC_PATH;
  if (given) return existsSync(given) ? given : null;
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const binary = join(dist, readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/** @returns {string | null} why no window can be opened here, with any binary */
export function whyNoWindow() {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display here';
  if (process.getuid?.() === 0) return 'Electron has no sandbox for root';
  return null;
}

/** @param {string} path @returns {number} */
function bytes(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytes(join(path, name)), 0);
}

/**
 * Downloads Electron's binary with Electron's own installer, which verifies the checksums in the
 * package.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @returns {Promise<string | null>} null when it is unavailable
 */
export async function fetchElectron(runtime) {
  const installer = join(folder, 'install.js');
  if (!existsSync(installer)) return null;
  say('Fetching Electron.');
  const scratch = inProject('node_modules', '.cache', 'drydock', 'electron');
  try {
    mkdirSync(scratch, { recursive: true });
  } catch {
    // The checkout belongs to another user.
    return null;
  }
  const fetching = start(runtime.node, [installer], {
    env: { ...runtime.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch },
    stdio: 'ignore',
  });
  let seen = { bytes: -1, at: Date.now() };
  const watch = every(() => {
    const now = bytes(scratch) + bytes(join(folder, 'dist'));
    if (now !== seen.bytes) seen = { bytes: now, at: Date.now() };
    else if (Date.now() - seen.at > stalledAfterMs) fetching.process.kill();
  }, 1000);
  await fetching.exit.catch(() => 1);
  clearInterval(watch);
  rmSync(scratch, { recursive: true, force: true });
  return findElectron();
}
