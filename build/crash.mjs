// Kills the core at random instants, as often as asked, and checks what must hold afterwards.
// Usage: npm run crash -- [--rounds N] [--seed N] [--engine docker|process]
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/bundle.mjs';
import { run } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

await launch(async () => {
  const { values } = parseArgs({
    options: { rounds: { type: 'string' }, seed: { type: 'string' }, engine: { type: 'string' } },
  });
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  const env = { ...runtime.env };
  if (values.rounds) env.DRYDOCK_CRASH_ROUNDS = values.rounds;
  if (values.seed) env.DRYDOCK_CRASH_SEED = values.seed;
  if (values.engine) env.DRYDOCK_CRASH_ENGINE = values.engine;
  const vitest = inProject('node_modules', 'vitest', 'vitest.mjs');
  return run(runtime.node, [vitest, 'run', 'test/crash'], { env });
});
