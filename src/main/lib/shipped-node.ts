import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { appRoot } from './app-root.ts';

/** Set by the launchers of a checkout: Electron itself is no Node. */
const OF_CHECKOUT = 'DRYDOCK_NODE';

/**
 * The Node that runs helper processes, and the wrappers that other tools start: the one that runs
 * this process, or, below Electron, the one that ships with the app in `resources/node`, as
 * https://nodejs.org/dist packs it. In a checkout it is the one that has started Electron.
 *
 * Electron is never started as Node: its fuse for that is off in the packaged app.
 */
export function shippedNode(root = appRoot(), { electron } = process.versions): string {
  if (!electron) return process.execPath;
  if (path.extname(root) !== '.asar') return process.env[OF_CHECKOUT] || 'node';
  const program = process.platform === 'win32' ? ['node.exe'] : ['bin', 'node'];
  return path.join(path.dirname(root), 'node', ...program);
}

/**
 * The copy of a packaged file that programs can read which can't look into the app's archive: the
 * folder `core` beside it holds the same as the archive, and the packages that Electron never loads.
 */
export const outsideArchive = (file: string): string => file.replace(/app\.asar(?=[\\/])/, 'core');

/**
 * `require` for packages that run outside of Electron.
 *
 * @param from the `import.meta.url` of the caller
 */
export const requireOutside = (from: string): NodeJS.Require =>
  createRequire(outsideArchive(fileURLToPath(from)));
