import { chmod, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { extract, pack } from 'tar-stream';
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

test('from Windows, which knows no modes, every file can be executed', async () => {
  await using folder = await writtenFolder({ 'start.sh': 'exec node .', 'bin/run': '' });
  await symlink('..\\start.sh', path.join(folder.path, 'bin', 'start'));
  const packed = async (platform: NodeJS.Platform) => {
    const context = await readContext(folder.path, { usuallyIgnored: [], platform });
    const archive = pack();
    const packing = context.packInto(archive).then(() => archive.finalize());
    const found: Record<string, string> = {};
    for await (const entry of archive.pipe(extract())) {
      const { name, mode = 0, linkname } = entry.header;
      found[name] = [mode.toString(8), ...(linkname ? [linkname] : [])].join(' ');
      entry.resume();
    }
    await packing;
    return found;
  };
  await chmod(path.join(folder.path, 'start.sh'), 0o644);
  await chmod(path.join(folder.path, 'bin', 'run'), 0o700);
  expect(await packed('win32')).toEqual({
    'start.sh': '755',
    'bin/run': '755',
    'bin/start': '755 ../start.sh',
  });
  expect(await packed('linux')).toEqual({
    'start.sh': '644',
    'bin/run': '700',
    'bin/start': '777 ..\\start.sh',
  });
});

test('a folder that is gone is told', async () => {
  await using folder = await writtenFolder({});
  const gone = path.join(folder.path, 'gone');
  await expect(readContext(gone, { usuallyIgnored: [] })).rejects.toThrow('no longer exists');
});
