import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { despiteLocks } from './despite-locks.ts';
import { textOf } from './fs-sync.ts';

const refusal = (code: string) => Object.assign(new Error(`${code}: rename`), { code });

test.each(['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY'])(
  'a file is moved once %s is over',
  async (code) => {
    await using folder = await temporaryFolder();
    const [from, to] = ['new', 'old'].map((name) => path.join(folder.path, name)) as [
      string,
      string,
    ];
    await Promise.all([writeFile(from, 'new'), writeFile(to, 'old')]);
    const refusals = [refusal(code), refusal(code)];
    await despiteLocks(async () => {
      const refused = refusals.pop();
      if (refused) throw refused;
      await rename(from, to);
    }, 'win32');
    expect([textOf(from), textOf(to)]).toEqual([undefined, 'new']);
  },
);

test('a file that stays open is said to be, at last', async () => {
  let tries = 0;
  const moving = despiteLocks(async () => {
    tries += 1;
    throw refusal('EBUSY');
  }, 'win32');
  await expect(moving).rejects.toThrow('EBUSY: rename');
  expect(tries).toBeGreaterThan(5);
});

test.each([
  ['another error', 'win32', 'ENOENT'],
  ['a lack of permission elsewhere', 'linux', 'EPERM'],
  ['a lack of permission elsewhere', 'darwin', 'EACCES'],
] as const)('%s is told at once', async (_, platform, code) => {
  let tries = 0;
  const moving = despiteLocks(async () => {
    tries += 1;
    throw refusal(code);
  }, platform);
  await expect(moving).rejects.toMatchObject({ code });
  expect(tries).toBe(1);
});

test('what it returns is returned', async () => {
  expect(await despiteLocks(async () => 7, 'win32')).toBe(7);
  await using folder = await temporaryFolder();
  await despiteLocks(() => rm(path.join(folder.path, 'none'), { force: true }));
});
