// Runs every suite that this machine can run: `npm test`. Prints the skipped suites with reasons,
// what failed, and a last line `N passed, N failed, N skipped` over both runners.
//
// `--failed` runs the files again in which the last run had failures, and counts the last run with
// what came out of that.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ensureBuilt } from './lib/bundle.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { followNpm } from './lib/parent.mjs';
import { inProject, SetupError, say } from './lib/project.mjs';
import { runPlaywright, runVitest } from './lib/runners.mjs';
import { ensureRuntime } from './lib/runtime.mjs';
import { beginTestRun, RUN_FOLDER } from './lib/test-run.mjs';

/** @typedef {import('./lib/results.mjs').Counts} Counts */
/** @typedef {import('./lib/results.mjs').Failed} Failed */
/** @typedef {import('./lib/runners.mjs').Came} Came */
/** @typedef {{ total: Counts; skips: [suite: string, reason: string][]; failed: Failed[] }} Outcome */

/** More failures than these are no accident. */
const MOST_AGAIN = 12;

/** @type {Outcome['skips'][number]} */
const NO_BROWSER = ['everything in a browser', 'there is no Chromium and none could be installed'];

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
  const env = {
    ...runtime.env,
    [RUN_FOLDER]: process.env[RUN_FOLDER],
    TMPDIR: process.env.TMPDIR,
    NODE_ENV: 'test',
    DRYDOCK_TEST_SKIPS: skipFile,
    ...(chromium ? { CHROMIUM_PATH: chromium } : {}),
  };
  const place = { node: runtime.node, folder, env };
  const hasBrowser = chromium !== null;
  const came = await (only.length === 0
    ? runAll(place, hasBrowser)
    : runFiles(place, only, hasBrowser));
  const sum = (/** @type {keyof Counts} */ key) =>
    came.reduce((all, { counts }) => all + counts[key], hasBrowser || key !== 'skipped' ? 0 : 1);
  return {
    total: { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') },
    skips: [...readSkips(), ...(hasBrowser ? [] : [NO_BROWSER])],
    failed: came.flatMap((one) => one.failed),
  };
}

/**
 * Everything, both runners at once: most tests wait more than they work. Those with Docker run one
 * after the other, as they share a daemon that some of them end; beside them run the specs without
 * it, and as soon as either of both is done, the other files.
 * @param {import('./lib/runners.mjs').Place} place
 * @param {boolean} hasBrowser
 * @returns {Promise<Came[]>}
 */
async function runAll(place, hasBrowser) {
  const files = runVitest(place, { name: 'docker', args: ['--project=docker'] });
  const runOthers = () => runVitest(place, { name: 'parallel', args: ['--project=parallel'] });
  if (!hasBrowser) return Promise.all([files, runOthers()]);
  const specs = files.then(() =>
    runPlaywright(place, { name: 'docker', args: ['--project=docker'] }),
  );
  const withoutDocker = ['browser', 'stand-in', 'electron'].map((name) => `--project=${name}`);
  const browser = runPlaywright(place, { name: 'browser', args: withoutDocker });
  const others = Promise.race([specs, browser]).then(runOthers);
  return Promise.all([files, specs, browser, others]);
}

/**
 * These files, one runner after the other.
 * @param {import('./lib/runners.mjs').Place} place
 * @param {string[]} files
 * @param {boolean} hasBrowser
 * @returns {Promise<Came[]>}
 */
async function runFiles(place, files, hasBrowser) {
  const isInBrowser = (/** @type {string} */ file) => file.endsWith('.spec.ts');
  const inBrowser = files.filter(isInBrowser);
  const others = files.filter((file) => !isInBrowser(file));
  const came = [];
  if (others.length > 0) came.push(await runVitest(place, { name: 'again', args: others }));
  if (inBrowser.length > 0 && hasBrowser) {
    came.push(await runPlaywright(place, { name: 'again', args: inBrowser }));
  }
  return came;
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
  // What failed outside of all files can't be run by itself.
  const canRunAgain = failed.every(({ file }) => existsSync(inProject(file)));
  if (!canRunAgain || failed.length !== total.failed || failed.length > MOST_AGAIN)
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
