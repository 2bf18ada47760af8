// Long tests: every random suite with many more rounds than in `npm test`, then every suite with
// its tests in a random order, then every page in every theme and size.
// Usage: npm run test:long -- [suite…] [--rounds N] [--seed N] [--engine docker|process] [--kind K]
// With suites, only these are run, in their own order. Engine and kind are those of the crash
// rounds.
import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/bundle.mjs';
import { interruptedBy, run } from './lib/child.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inProject, launch, root, SetupError, say } from './lib/project.mjs';
import { ensureRuntime } from './lib/runtime.mjs';

const USES_ROUNDS =
  /harness\/rounds\.ts|\/crash-test\.ts|'\.\/fuzz\.ts'|import\('\.\/[\w-]+-random\.test\.ts'\)/;

/** The suites that use rounds, or run one that does with another engine, by path. */
const randomSuites = () =>
  ['test', 'src']
    .flatMap((folder) =>
      readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file.replaceAll('\\', '/')}`,
      ),
    )
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => USES_ROUNDS.test(readFileSync(inProject(file), 'utf8')));

await launch(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ rounds: { type: 'string' }, seed: { type: 'string' } },
      ...{ engine: { type: 'string' }, kind: { type: 'string' } },
    },
  });
  const suites = randomSuites().filter(
    (file) => positionals.length === 0 || positionals.some((part) => file.includes(part)),
  );
  if (suites.length === 0) throw new SetupError('No random suite has such a name.');
  const seed = values.seed ?? `${Date.now() % 1_000_000}`;
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);

  const vitest = inProject('node_modules', 'vitest', 'vitest.mjs');
  const env = {
    ...{ ...runtime.env, NODE_ENV: 'test' },
    ...{ DRYDOCK_TEST_ALL: '1', DRYDOCK_TEST_SEED: seed },
  };
  /** @param {string[]} args @param {NodeJS.ProcessEnv} [more] */
  const start = (args, more) =>
    run(runtime.node, [vitest, 'run', ...args], { cwd: root, env: { ...env, ...more } });

  say(`Random suites with seed ${seed}.`);
  const random = await start(['--reporter=verbose', ...suites], {
    DRYDOCK_TEST_LONG: '1',
    ...(values.rounds ? { DRYDOCK_TEST_ROUNDS: values.rounds } : {}),
    ...(values.engine ? { DRYDOCK_CRASH_ENGINE: values.engine } : {}),
    ...(values.kind ? { DRYDOCK_CRASH_KIND: values.kind } : {}),
  });
  let ordered = 0;
  if (positionals.length === 0 && !interruptedBy()) {
    say(`Every suite with its tests in a random order, seed ${seed}.`);
    ordered = await start(['--sequence.shuffle.tests', `--sequence.seed=${seed}`]);
  }
  let looks = 0;
  const chromium =
    positionals.length === 0 && !interruptedBy() ? await ensureChromium(runtime) : null;
  if (chromium) {
    say('Every page in every theme and size.');
    looks = await run(
      runtime.node,
      [
        inProject('node_modules', '@playwright', 'test', 'cli.js'),
        ...['test', 'looks.spec.ts', '--project=browser'],
        '--config=test/playwright.config.ts',
      ],
      { cwd: root, env: { ...env, CHROMIUM_PATH: chromium } },
    );
  }
  say(`The seed was ${seed}.`);
  return random || ordered || looks;
});
