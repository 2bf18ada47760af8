import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'resources'))) {
      return folder;
    }
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('Drydock is incomplete: its resources folder is missing.');
    folder = parent;
  }
}

let root: string | undefined;

/**
 * The folder that holds package.json, out/ and resources/: the checkout, or the packaged app's
 * archive. The same when running from sources and from the build.
 */
export function appRoot(): string {
  root ??= findRoot();
  return root;
}

/** Absolute path of a file that ships with Drydock, e.g. `resource('networks.json')`. */
export function resource(...parts: string[]): string {
  return join(appRoot(), 'resources', ...parts);
}
