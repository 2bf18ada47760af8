#!/usr/bin/env node
// The command line of a checkout: `npx drydock …`. Installs and builds first when needed; its own
// messages go to stderr.
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/bundle.mjs';
import { run } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

const cli = inProject('out', 'main', 'cli.js');

await launch(async () => {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  if (runtime.node !== process.execPath) {
    return run(runtime.node, [cli, ...process.argv.slice(2)], { env: runtime.env });
  }
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
  return undefined;
});
