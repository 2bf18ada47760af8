// Runs a part of the tests in one of the two runners, and returns what came of it.
import { join } from 'node:path';
import { interruptedBy, run } from './child.mjs';
import { inProject, root, SetupError } from './project.mjs';
import { failedInPlaywright, failedInVitest, readPlaywright, readVitest } from './results.mjs';
import { runWatched } from './run-watched.mjs';
import { RUNNING_TESTS } from './running-reporter.mjs';

/** @typedef {import('./results.mjs').Counts} Counts */
/** @typedef {import('./results.mjs').Failed} Failed */
/** @typedef {{ counts: Counts; failed: Failed[] }} Came */
/**
 * `name` is that of its files among those of the other parts of a run; `args` choose it.
 * @typedef {{ name: string; args: string[] }} Part
 */
/**
 * @typedef {{ node: string; folder: string; env: NodeJS.ProcessEnv }} Place where parts are run:
 * `folder` takes what the runners write about them
 */

/** @param {Place} place @param {NodeJS.ProcessEnv} more */
const optionsOf = ({ env }, more) => ({
  cwd: root,
  env: { ...env, ...more },
  // Of one stdout for both runners.
  stdio: /** @type {['ignore', 1, 2]} */ (['ignore', 1, 2]),
});

function throwIfInterrupted() {
  if (interruptedBy()) throw new SetupError(`Ended by ${interruptedBy()}.`);
}

/**
 * With a line for what failed outside of all files, such as a runner that was ended.
 *
 * @param {string} name of the part
 * @param {Counts} counts
 * @param {Failed[]} failed
 * @returns {Came}
 */
function named(name, counts, failed) {
  if (counts.failed <= failed.length) return { counts, failed };
  const message = 'The runner was ended, or failed outside of all files: see above.';
  return {
    counts,
    failed: [...failed, { file: `the part "${name}"`, title: 'as a whole', message }],
  };
}

/**
 * @param {Place} place
 * @param {Part} part
 * @returns {Promise<Came>}
 */
export async function runVitest(place, { name, args }) {
  throwIfInterrupted();
  const results = join(place.folder, `vitest-${name}.json`);
  const progress = join(place.folder, `running-${name}.txt`);
  const code = await runWatched(
    place.node,
    [
      inProject('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...args,
      `--reporter=${inProject('build', 'lib', 'line-reporter.mjs')}`,
      '--reporter=json',
      `--reporter=${inProject('build', 'lib', 'running-reporter.mjs')}`,
      `--outputFile.json=${results}`,
    ],
    optionsOf(place, { [RUNNING_TESTS]: progress }),
    { progress },
  );
  throwIfInterrupted();
  return named(name, readVitest(results, code), failedInVitest(results));
}

/**
 * @param {Place} place
 * @param {Part} part
 * @returns {Promise<Came>}
 */
export async function runPlaywright(place, { name, args }) {
  throwIfInterrupted();
  const results = join(place.folder, `playwright-${name}.json`);
  const code = await run(
    place.node,
    [
      inProject('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      ...args,
      '--config=test/playwright.config.ts',
      // Each part empties its folder first.
      `--output=${inProject('test-results', name)}`,
      '--reporter=list,json',
    ],
    optionsOf(place, { PLAYWRIGHT_JSON_OUTPUT_FILE: results, PLAYWRIGHT_FORCE_TTY: '0' }),
  );
  throwIfInterrupted();
  return named(name, readPlaywright(results, code), failedInPlaywright(results));
}
