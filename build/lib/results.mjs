import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number; failed: number; skipped: number }} Counts */

/** @param {string} file */
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/**
 * A runner that failed without a failing test (a file that can't be loaded, an error outside of all
 * tests, a crash) counts as one failure.
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
const withExit = (counts, exitCode) =>
  exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;

/**
 * @param {string} file of vitest's JSON reporter
 * @param {number} exitCode
 * @returns {Counts}
 */
export function readVitest(file, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of read(file)?.testResults ?? []) {
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') counts.failed += 1;
      else counts.skipped += 1;
    }
    const inTests = assertionResults.some(
      (/** @type {{ status: string }} */ test) => test.status === 'failed',
    );
    if (status === 'failed' && !inTests) counts.failed += 1;
  }
  return withExit(counts, exitCode);
}

/**
 * @param {string} file of Playwright's JSON reporter
 * @param {number} exitCode
 * @returns {Counts}
 */
export function readPlaywright(file, exitCode) {
  const { stats, errors = [] } = read(file) ?? {};
  if (!stats) return withExit({ passed: 0, failed: 0, skipped: 0 }, exitCode || 1);
  return withExit(
    {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
    },
    exitCode,
  );
}
