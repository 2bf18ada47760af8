import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { changedAt } from './fs-sync.ts';

test('the time of a file is in the millisecond that it was changed in, to its last instant', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'one');
  execFileSync('touch', ['-d', '2026-12-01T13:00:00.123999950Z', file]);
  expect(changedAt(file)).toBe(Date.parse('2026-12-01T13:00:00.123Z'));
  expect(changedAt(path.join(folder.path, 'none'))).toBeUndefined();
});
