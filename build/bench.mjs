// Bundles test/bench/main.ts, and runs it on the product's Node.

import { ensureBuilt } from './lib/bundle.mjs';
import { run } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, root } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  const folder = inProject('node_modules', '.cache', 'drydock', 'bench');
  const { build } = await import('vite');
  // Packages stay what they are: only our own sources need to be turned into JavaScript.
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: inProject('test', 'bench', 'main.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: 'node22',
      rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
    },
  });
  return run(runtime.node, [`${folder}/main.mjs`, ...process.argv.slice(2)], { env: runtime.env });
});
