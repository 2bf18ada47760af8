// Runs every suite that this machine can run: `npm test`. Prints the skipped suites with reasons,
// and a last line `N passed, N failed, N skipped` over both runners.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBuilt } from './lib/bundle.mjs';
import { interruptedBy, run } from './lib/child.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { followNpm } from './lib/parent.mjs';
import { inProject, root, SetupError, say } from './lib/project.mjs';
import { readPlaywright, readVitest } from './lib/results.mjs';
import { runWatched } from './lib/run-watched.mjs';
import { RUNNING_TESTS } from './lib/running-reporter.mjs';
import { ensureRuntime } from './lib/runtime.mjs';
import { beginTestRun, RUN_FOLDER } from './lib/test-run.mjs';

/** @typedef {{ passed: number; failed: number; skipped: number }} Counts */

const folder = inProject('node_modules', '.cache', 'drydock', 'test');
const skipFile = `${folder}/skips.jsonl`;

/** @returns {Map<string, string>} suite → reason */
function readSkips() {
  const lines = existsSync(skipFile)
    ? readFileSync(skipFile, 'utf8').split('\n').filter(Boolean)
    : [];
  return new Map(lines.map((line) => JSON.parse(line)).map(({ suite, reason }) => [suite, reason]));
}

/**
 * @param {Counts} total
 * @param {Map<string, string>} skips
 */
function report(total, skips) {
  const lines = [
    '',
    skips.size === 0 ? 'No suite was skipped.' : 'Suites skipped on this machine:',
  ];
  for (const [suite, reason] of skips) lines.push(`  ${suite}: ${reason}`);
  if (total.passed + total.failed === 0) lines.push('No test ran: that is a failure.');
  lines.push(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** @returns {Promise<{ total: Counts; skips: Map<string, string> }>} */
async function test() {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  const chromium = await ensureChromium(runtime);
  const end = beginTestRun(runtime.node);
  try {
    return await runSuites(runtime, chromium);
  } finally {
    await end();
  }
}

/**
 * @param {import('./lib/runtime.mjs').Runtime} runtime
 * @param {string | null} chromium
 * @returns {Promise<{ total: Counts; skips: Map<string, string> }>}
 */
async function runSuites(runtime, chromium) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const vitestFile = `${folder}/vitest.json`;
  const playwrightFile = `${folder}/playwright.json`;
  const runningFile = `${folder}/running.txt`;
  const env = {
    ...runtime.env,
    [RUN_FOLDER]: process.env[RUN_FOLDER],
    TMPDIR: process.env.TMPDIR,
    NODE_ENV: 'test',
    DRYDOCK_TEST_SKIPS: skipFile,
    [RUNNING_TESTS]: runningFile,
    PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightFile,
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
  };
  /** @type {import('node:child_process').SpawnOptions} */
  const options = { cwd: root, env, stdio: ['ignore', 1, 2] };

  const vitestCode = await runWatched(
    runtime.node,
    [
      inProject('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--reporter=${inProject('build', 'lib', 'running-reporter.mjs')}`,
      `--outputFile.json=${vitestFile}`,
    ],
    options,
    { progress: runningFile },
  );
  if (interruptedBy()) throw new SetupError(`Ended by ${interruptedBy()}.`);
  const counts = [readVitest(vitestFile, vitestCode)];

  const noChromium = new Map();
  if (chromium) {
    const playwrightCode = await run(
      runtime.node,
      [
        inProject('node_modules', '@playwright', 'test', 'cli.js'),
        'test',
        '--config=test/playwright.config.ts',
        '--reporter=list,json',
      ],
      options,
    );
    counts.push(readPlaywright(playwrightFile, playwrightCode));
  } else {
    noChromium.set('everything in a browser', 'there is no Chromium and none could be installed');
    counts.push({ passed: 0, failed: 0, skipped: 1 });
  }
  const sum = (/** @type {keyof Counts} */ key) =>
    counts.reduce((all, count) => all + count[key], 0);
  return {
    total: { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') },
    skips: new Map([...readSkips(), ...noChromium]),
  };
}

followNpm();
try {
  const { total, skips } = await test();
  report(total, skips);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
} catch (error) {
  say(
    error instanceof SetupError
      ? error.message
      : String(error instanceof Error ? error.stack : error),
  );
  report({ passed: 0, failed: 1, skipped: 0 }, new Map());
  process.exitCode = 1;
}
