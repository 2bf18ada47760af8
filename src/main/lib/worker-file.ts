import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { appRoot } from './app-root.ts';

/**
 * The file of a worker thread: the module itself when running from sources, an entry of its own in
 * the build.
 *
 * @param source relative to the module at `from`, its `import.meta.url`
 * @param built name of the entry in electron.vite.config.ts
 */
export function workerFile(from: string, source: string, built: string): string {
  return from.endsWith('.ts')
    ? fileURLToPath(new URL(source, from))
    : path.join(appRoot(), 'out', 'main', `${built}.js`);
}
