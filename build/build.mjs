import { build } from './lib/bundle.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { launch } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await build(runtime);
  return 0;
});
