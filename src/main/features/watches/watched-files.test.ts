import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { WatchedFiles } from './watched-files.ts';

const watched = { extensions: ['.sol'], files: ['foundry.toml', '.env'], skips: ['out'] };

async function watchedFolder() {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const at = (name: string) => path.join(folder.path, name);
  await mkdir(at('src'));
  await writeFile(at('src/A.sol'), 'contract A { uint a; }');
  await writeFile(at('foundry.toml'), 'a = 1');
  const onChange = vi.fn();
  const files = new WatchedFiles({
    ...{ folder: folder.path, watched, onChange },
    onProblem: expect.unreachable,
  });
  onTestFinished(() => files.close());
  await files.ready;
  /** Resolves with the digest once a change was seen. */
  const after = async (change: Promise<unknown>) => {
    onChange.mockClear();
    await change;
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), 20_000);
    return files.digest();
  };
  return { at, files, after };
}

test('what is written changes the digest when a compiler would see it, and only then', async () => {
  const { at, files, after } = await watchedFolder();
  const first = await files.digest();
  const commented = 'contract A {\n  uint a; // a\n}';
  expect(await after(writeFile(at('src/A.sol'), commented))).toBe(first);
  // Of each file one change: two that follow at once are told as one.
  const more = await after(writeFile(at('.env'), 'A=1'));
  expect(more).not.toBe(first);
  const written = await after(writeFile(at('foundry.toml'), 'a = 2'));
  expect(written).not.toBe(more);
  expect(await after(rm(at('src/A.sol')))).not.toBe(written);
});

test('what tools write, what links lead to and what is no file is not among the sources', async () => {
  const { at, files, after } = await watchedFolder();
  await mkdir(at('out'));
  await mkdir(at('.git'));
  await writeFile(at('out/A.sol'), 'contract A {}');
  await writeFile(at('.git/A.sol'), 'contract A {}');
  await symlink('/etc', at('src/linked'));
  await symlink('/etc/hostname', at('src/Linked.sol'));
  await mkdir(at('src/Folder.sol'));
  await after(writeFile(at('src/Last.sol'), 'contract Last {}'));
  expect(files.count).toBe(3);
});

test('closed before it has seen all, it is waited for by nobody', async () => {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const options = { folder: folder.path, watched, onChange: vi.fn() };
  const files = new WatchedFiles({ ...options, onProblem: expect.unreachable });
  await files.close();
  await files.ready;
});
