// Runs every suite that this machine can run: `npm test`. Prints the skipped suites with reasons,
// what failed, and a last line `N passed, N failed, N skipped` over both runners.
//
// `--failed` runs the files again in which the last run had failures, and counts the last run with
// what came out of that.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureBuilt } from './lib/bundle.mjs';
import { interruptedBy, run } from './lib/child.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { followNpm } from './lib/parent.mjs';
import { inProject, root, SetupError, say } from './lib/project.mjs';
import { failedInPlaywright, failedInVitest, readPlaywright, readVitest } from './lib/results.mjs';
import { runWatched } from './lib/run-watched.mjs';
import { RUNNING_TESTS } from './lib/running-reporter.mjs';
import { ensureRuntime } from './lib/runtime.mjs';
import { beginTestRun, RUN_FOLDER } from './lib/test-run.mjs';

/** @typedef {import('./lib/results.mjs').Counts} Counts */
/** @typedef {import('./lib/results.mjs').Failed} Failed */
/** @typedef {{ total: Counts; skips: [suite: string, reason: string][]; failed: Failed[] }} Outcome */

/** More failures than these are no accident. */
const MOST_AGAIN = 12;

const folder = inProject('node_modules', '.cache', 'drydock', 'test');
const skipFile = `${folder}/skips.jsonl`;

const lastFile = inProject('node_modules', '.cache', 'drydock', 'last-test.json');

/** @returns {Outcome['skips']} each suite once */
function readSkips() {
  const lines = existsSync(skipFile)
    ? readFileSync(skipFile, 'utf8').split('\n').filter(Boolean)
    : [];
  const all = lines.map((line) => JSON.parse(line)).map(({ suite, reason }) => [suite, reason]);
  return [...new Map(/** @type {Outcome['skips']} */ (all))];
}

/**
 * @param {Outcome} outcome
 * @param {Failed[]} [unsteady] what failed, and then passed
 */
function report({ total, skips, failed }, unsteady = []) {
  const lines = [
    '',
    skips.length === 0 ? 'No suite was skipped.' : 'Suites skipped on this machine:',
  ];
  for (const [suite, reason] of skips) lines.push(`  ${suite}: ${reason}`);
  const list = (/** @type {Failed[]} */ tests) => {
    for (const { file, title, message } of tests) {
      lines.push(`  ${file} › ${title}`, ...message.split('\n').map((line) => `      ${line}`));
    }
  };
  if (unsteady.length > 0) lines.push('Failed among all others, passed by itself; to be mended:');
  list(unsteady);
  if (failed.length > 0) lines.push('Failed:');
  list(failed);
  if (total.passed + total.failed === 0) lines.push('No test ran: that is a failure.');
  lines.push(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/**
 * @param {string[]} only files; empty: all
 * @returns {Promise<Outcome>}
 */
async function test(only) {
  const runtime = await ensureRuntime();
  await ensureInstalled(runtime);
  await ensureBuilt(runtime);
  const chromium = await ensureChromium(runtime);
  const end = beginTestRun(runtime.node);
  try {
    return await runSuites(runtime, chromium, only);
  } finally {
    await end();
  }
}

/**
 * @param {import('./lib/runtime.mjs').Runtime} runtime
 * @param {string | null} chromium
 * @param {string[]} only files; empty: all
 * @returns {Promise<Outcome>}
 */
async function runSuites(runtime, chromium, only) {
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

  const isInBrowser = (/** @type {string} */ file) => file.endsWith('.spec.ts');
  const [vitestFiles, browserFiles] = [
    only.filter((file) => !isInBrowser(file)),
    only.filter(isInBrowser),
  ];
  /** @type {Counts[]} */
  const counts = [];
  /** @type {Failed[]} */
  const failed = [];
  /** @type {Outcome['skips']} */
  const noChromium = [];

  if (only.length === 0 || vitestFiles.length > 0) {
    const code = await runWatched(
      runtime.node,
      [
        inProject('node_modules', 'vitest', 'vitest.mjs'),
        'run',
        ...vitestFiles,
        '--reporter=default',
        '--reporter=json',
        `--reporter=${inProject('build', 'lib', 'running-reporter.mjs')}`,
        `--outputFile.json=${vitestFile}`,
      ],
      options,
      { progress: runningFile },
    );
    if (interruptedBy()) throw new SetupError(`Ended by ${interruptedBy()}.`);
    counts.push(readVitest(vitestFile, code));
    failed.push(...failedInVitest(vitestFile));
  }

  if (!chromium) {
    noChromium.push([
      'everything in a browser',
      'there is no Chromium and none could be installed',
    ]);
    counts.push({ passed: 0, failed: 0, skipped: 1 });
  } else if (only.length === 0 || browserFiles.length > 0) {
    const code = await run(
      runtime.node,
      [
        inProject('node_modules', '@playwright', 'test', 'cli.js'),
        'test',
        ...browserFiles,
        '--config=test/playwright.config.ts',
        '--reporter=list,json',
      ],
      options,
    );
    counts.push(readPlaywright(playwrightFile, code));
    failed.push(...failedInPlaywright(playwrightFile));
  }
  const sum = (/** @type {keyof Counts} */ key) =>
    counts.reduce((all, count) => all + count[key], 0);
  return {
    total: { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') },
    skips: [...readSkips(), ...noChromium],
    failed,
  };
}

/**
 * Runs the files of the last run's failures once more. Throws SetupError when there is no such run,
 * or none of its failures can be run by itself.
 * @returns {Promise<{ outcome: Outcome; unsteady: Failed[] }>}
 */
async function testFailed() {
  if (!existsSync(lastFile)) throw new SetupError('There is no earlier run: run "npm test" first.');
  /** @type {Outcome} */
  const last = JSON.parse(readFileSync(lastFile, 'utf8'));
  const { failed, total } = last;
  if (total.failed === 0) return { outcome: last, unsteady: [] };
  // A runner that crashed left no list of what failed, or one that isn't whole.
  if (failed.length !== total.failed || failed.length > MOST_AGAIN)
    return { outcome: last, unsteady: [] };
  say('Running the files again in which there were failures.');
  const again = await test([...new Set(failed.map(({ file }) => file))]);
  const stillFails = again.total.failed;
  return {
    outcome: {
      ...last,
      total: {
        ...total,
        passed: total.passed + Math.max(0, total.failed - stillFails),
        failed: stillFails,
      },
      failed: again.failed,
    },
    unsteady: stillFails === 0 ? failed : [],
  };
}

/** @returns {Promise<Outcome>} */
async function testAll() {
  rmSync(lastFile, { force: true });
  const outcome = await test([]);
  writeFileSync(lastFile, JSON.stringify(outcome));
  return outcome;
}

followNpm();
try {
  const { outcome, unsteady } = process.argv.includes('--failed')
    ? await testFailed()
    : { outcome: await testAll(), unsteady: [] };
  report(outcome, unsteady);
  process.exitCode = outcome.total.failed > 0 || outcome.total.passed === 0 ? 1 : 0;
} catch (error) {
  say(
    error instanceof SetupError
      ? error.message
      : String(error instanceof Error ? error.stack : error),
  );
  report({ total: { passed: 0, failed: 1, skipped: 0 }, skips: [], failed: [] });
  process.exitCode = 1;
}
