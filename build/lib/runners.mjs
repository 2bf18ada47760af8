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
  return { counts: readVitest(results, code), failed: failedInVitest(results) };
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
  return { counts: readPlaywright(results, code), failed: failedInPlaywright(results) };
}
