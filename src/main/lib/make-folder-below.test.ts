import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { makeFolderBelow } from './make-folder-below.ts';

test('what is missing is made, for its user alone, and what is there stays', async () => {
  await using folder = await temporaryFolder();
  const wanted = path.join(folder.path, 'kept', 'one');
  await makeFolderBelow(folder.path, wanted);
  await makeFolderBelow(folder.path, wanted);
  expect(statSync(wanted).mode & 0o777).toBe(0o700);
});

test('the folder that all lie in is not made', async () => {
  await using folder = await temporaryFolder();
  const gone = path.join(folder.path, 'data');
  const made = makeFolderBelow(gone, path.join(gone, 'kept', 'one'));
  await expect(made).rejects.toMatchObject({ code: 'ENOENT' });
  expect(existsSync(gone)).toBe(false);
});
