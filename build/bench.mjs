// Bundles test/bench/main.ts like the product is bundled, and runs it on the product's Node.

import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { ensureBuilt } from './lib/bundle.mjs';
import { run } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  const { dependencies } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  const external = [...Object.keys(dependencies), ...builtinModules];
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: inProject('test', 'bench', 'main.ts'),
    platform: 'node',
    external: (id) =>
      id.startsWith('node:') || external.some((name) => id === name || id.startsWith(`${name}/`)),
  });
  const folder = inProject('node_modules', '.cache', 'drydock', 'bench');
  await bundle.write({ dir: folder, format: 'es', cleanDir: true, entryFileNames: 'main.mjs' });
  await bundle.close();
  return run(runtime.node, [`${folder}/main.mjs`, ...process.argv.slice(2)], { env: runtime.env });
});
