// Bundles test/bench/main.ts, and runs it on Drydock's Node.

import { ensureBuilt } from './lib/bundle.mjs';
import { run } from './lib/child.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, root } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  const chromium = await ensureChromium(runtime);
  const folder = inProject('node_modules', '.cache', 'drydock', 'bench');
  const { build } = await import('vite');
  // Packages stay unbundled: only Drydock's own sources have to be compiled.
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
  return run(runtime.node, [`${folder}/main.mjs`, ...process.argv.slice(2)], {
    env: { ...runtime.env, ...(chromium ? { CHROMIUM_PATH: chromium } : {}) },
  });
});
