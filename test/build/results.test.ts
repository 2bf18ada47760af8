import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { inProject } from '../../build/lib/project.mjs';
import {
  failedInPlaywright,
  failedInVitest,
  readPlaywright,
  readVitest,
} from '../../build/lib/results.mjs';

const RUNNERS = {
  vitest: ['vitest', 'vitest.mjs'],
  playwright: ['@playwright', 'test', 'cli.js'],
};

/** Runs files in a folder of their own, and returns what the runner's JSON reporter wrote. */
async function ran(
  runner: keyof typeof RUNNERS,
  args: (folder: string, file: string) => string[],
  files: Record<string, string>,
): Promise<{ file: string; code: number }> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder.path, name), text);
  }
  const file = path.join(folder.path, 'results.json');
  const program = inProject('node_modules', ...RUNNERS[runner]);
  const { status } = spawnSync(process.execPath, [program, ...args(folder.path, file)], {
    cwd: folder.path,
    env: { PATH: process.env.PATH, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  return { file, code: status ?? 1 };
}

test('failures of vitest are named with their files and messages, also of a file that breaks', async () => {
  const { file, code } = await ran(
    'vitest',
    (root, to) => ['run', '--globals', `--root=${root}`, '--reporter=json', `--outputFile=${to}`],
    {
      'one.test.js':
        "describe('sums', () => { test('add up', () => { expect(1 + 1).toBe(3); }); test('are', () => {}); });",
      'two.test.js': "throw new Error('no set-up');",
    },
  );
  expect(readVitest(file, code)).toEqual({ passed: 1, failed: 2, skipped: 0 });
  const failed = failedInVitest(file).sort((a, b) => a.file.localeCompare(b.file));
  expect(failed.map((one) => [path.basename(one.file), one.title])).toEqual([
    ['one.test.js', 'sums add up'],
    ['two.test.js', 'the file itself'],
  ]);
  expect(failed[0]?.message).toContain('expected 2 to be 3');
  expect(failed[1]?.message).toContain('no set-up');
});

test('failures of Playwright are named with their projects, files and messages', async () => {
  const library = JSON.stringify(inProject('node_modules', '@playwright', 'test', 'index.js'));
  const { file, code } = await ran('playwright', () => ['test', '--reporter=json'], {
    'playwright.config.cjs': "module.exports = { projects: [{ name: 'pages' }] };",
    'one.spec.cjs': `const { test, expect } = require(${library});
      test('is there', () => { expect(1 + 1).toBe(3); });
      test('is well', () => {});`,
  });
  expect(readPlaywright(file, code)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  const [failed, ...more] = failedInPlaywright(file);
  expect(more).toEqual([]);
  expect(failed?.file).toMatch(/one\.spec\.cjs$/);
  expect(failed?.title).toBe('[pages] is there');
  expect(failed?.message).toContain('Expected: 3');
});
