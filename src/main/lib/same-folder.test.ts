import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type FolderId, isSameFolder } from './same-folder.ts';

/** As disks of macOS and Windows know folders. */
const ignoringCase: FolderId = (folder) => folder.normalize('NFC').toLowerCase();
const exact: FolderId = (folder) => folder;

test.each([
  ['/code/vault', '/code/vault', true],
  ['/code/Vault', '/code/vault', true],
  ['C:\\Code\\VAULT', 'c:\\code\\vault', true],
  ['/code/Café', '/code/cafe\u0301', true],
  ['/code/vault', '/code/vault-two', false],
])('%j and %j on a disk that ignores case: %s', (one, other, is) => {
  expect(isSameFolder(one, other, ignoringCase)).toBe(is);
});

test('names that differ in case are two folders where the disk says so, or says nothing', () => {
  expect(isSameFolder('/code/Vault', '/code/vault', exact)).toBe(false);
  expect(isSameFolder('/code/Vault', '/code/vault', () => undefined)).toBe(false);
});

test('other names of one folder are not asked about: links are resolved before', () => {
  expect(isSameFolder('/code/vault', '/code/link', () => 'the same')).toBe(false);
});

test("this machine's disk tells two folders apart that are there", async () => {
  await using folder = await temporaryFolder();
  const [one = '', other = ''] = ['vault', 'Vault'].map((name) => path.join(folder.path, name));
  await mkdir(one);
  const isOne = await mkdir(other).then(
    () => false,
    () => true,
  );
  expect(isSameFolder(one, other)).toBe(isOne);
});
