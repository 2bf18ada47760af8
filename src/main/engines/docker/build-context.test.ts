import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writtenFolder } from '#test/harness/written-folder.ts';
import { readContext } from './build-context.ts';

test('files that come and go while a folder is read are no fault', async () => {
  await using folder = await writtenFolder({ 'index.js': 'serve()', 'deep/a.txt': 'a' });
  const still = await readContext(folder.path, { usuallyIgnored: [] });
  let reading = true;
  /** As an editor does with each save. */
  const save = async (name: string) => {
    while (reading) {
      const file = path.join(folder.path, name);
      await writeFile(file, name);
      await rm(file);
    }
  };
  const saving = ['.a.swp', 'deep/.b.swp', 'z~'].map(save);
  try {
    for (let round = 0; round < 300; round++) {
      await readContext(folder.path, { usuallyIgnored: [] });
    }
  } finally {
    reading = false;
    await Promise.all(saving);
  }
  expect((await readContext(folder.path, { usuallyIgnored: [] })).digest).toBe(still.digest);
});

test('a folder that is gone is told', async () => {
  await using folder = await writtenFolder({});
  const gone = path.join(folder.path, 'gone');
  await expect(readContext(gone, { usuallyIgnored: [] })).rejects.toThrow('no longer exists');
});
