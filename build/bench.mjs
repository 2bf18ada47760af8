// Bundles test/bench/main.ts, and runs it on the product's Node.

import { isAbsolute } from 'node:path';
import { ensureBuilt } from './lib/bundle.mjs';
import { run } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: inProject('test', 'bench', 'main.ts'),
    platform: 'node',
    // Packages stay what they are: only our own sources need to be turned into JavaScript.
    external: (id) => !/^[.#]/.test(id) && !isAbsolute(id),
  });
  const folder = inProject('node_modules', '.cache', 'drydock', 'bench');
  await bundle.write({ dir: folder, format: 'es', cleanDir: true, entryFileNames: 'main.mjs' });
  await bundle.close();
  return run(runtime.node, [`${folder}/main.mjs`, ...process.argv.slice(2)], { env: runtime.env });
});
