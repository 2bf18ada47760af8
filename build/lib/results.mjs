import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './project.mjs';

/** @typedef {{ passed: number; failed: number; skipped: number }} Counts */

/**
 * A test that failed, or a file outside of its tests.
 * @typedef {{ file: string; title: string; message: string }} Failed
 */

const LINES_OF_A_MESSAGE = 12;

/** @param {string | undefined} message */
const brief = (message) =>
  stripVTControlCharacters(message ?? '')
    .split('\n')
    .slice(0, LINES_OF_A_MESSAGE)
    .join('\n');

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

/**
 * @param {string} file of vitest's JSON reporter
 * @returns {Failed[]}
 */
export function failedInVitest(file) {
  /** @type {Failed[]} */
  const failed = [];
  for (const { name, status, message, assertionResults } of read(file)?.testResults ?? []) {
    const before = failed.length;
    for (const test of assertionResults) {
      if (test.status !== 'failed') continue;
      const text = brief(test.failureMessages?.[0]);
      failed.push({ file: relative(root, name), title: test.fullName.trim(), message: text });
    }
    if (status === 'failed' && failed.length === before) {
      failed.push({
        file: relative(root, name),
        title: 'the file itself',
        message: brief(message),
      });
    }
  }
  return failed;
}

/**
 * @param {string} file of Playwright's JSON reporter
 * @returns {Failed[]}
 */
export function failedInPlaywright(file) {
  const { config, suites = [], errors = [] } = read(file) ?? {};
  /** @type {Failed[]} */
  const failed = errors.map((/** @type {{ message?: string }} */ { message }) => ({
    ...{
      file: 'test/playwright.config.ts',
      title: 'outside of all tests',
      message: brief(message),
    },
  }));
  /** @param {{ suites?: any[]; specs?: any[] }} suite */
  const look = (suite) => {
    for (const spec of suite.specs ?? []) {
      const test = spec.tests.find(
        (/** @type {{ status: string }} */ t) => t.status === 'unexpected',
      );
      if (!test) continue;
      const message = brief(test.results.at(-1)?.error?.message);
      failed.push({
        ...{ file: relative(root, join(config.rootDir, spec.file)), message },
        title: `[${test.projectName}] ${spec.title}`,
      });
    }
    for (const inner of suite.suites ?? []) look(inner);
  };
  for (const suite of suites) look(suite);
  return failed;
}
