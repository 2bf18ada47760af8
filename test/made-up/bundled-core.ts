import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { appRoot } from '#main/lib/app-root.ts';

/** The core with the made-up kind as one program, which starts as fast as the built host does. */
export async function bundledCore(): Promise<{ program: string } & AsyncDisposable> {
  const root = appRoot();
  // Below the packages, which stay what they are.
  const folder = path.join(root, 'node_modules', '.cache', 'drydock', `made-up-${process.pid}`);
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: path.join(import.meta.dirname, 'core.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: 'node22',
      rolldownOptions: { output: { entryFileNames: 'core.mjs' } },
    },
  });
  return {
    program: path.join(folder, 'core.mjs'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
