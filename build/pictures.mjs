// Takes the pictures of the README anew: `npm run pictures`. Needs Chromium and forge.
import { ensureBuilt } from './lib/bundle.mjs';
import { run } from './lib/child.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, root, SetupError } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  const chromium = await ensureChromium(runtime);
  if (!chromium) throw new SetupError('There is no Chromium, and none could be installed.');
  const playwright = inProject('node_modules', '@playwright', 'test', 'cli.js');
  const config = `--config=${inProject('test', 'playwright.config.ts')}`;
  return run(runtime.node, [playwright, 'test', config, '--project=pictures'], {
    cwd: root,
    env: { ...runtime.env, NODE_ENV: 'test', CHROMIUM_PATH: chromium },
  });
});
