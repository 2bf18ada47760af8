import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { gitState } from '#main/features/projects/git.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';

test('a folder within a repository has its state, also by way of a link', async () => {
  await using fixture = await copyFixture('broken', { git: true });
  await using elsewhere = await temporaryFolder();
  const state = await gitState(fixture.folder);
  expect(state).toMatchObject({ branch: 'main', dirty: 0 });
  const inner = path.join(fixture.folder, 'script');
  expect(await gitState(inner)).toEqual(state);
  const link = path.join(elsewhere.path, 'link');
  await symlink(inner, link);
  expect(await gitState(link)).toEqual(state);
});

test('a folder in no repository has none, nor has one that is not there', async () => {
  await using folder = await temporaryFolder();
  expect(await gitState(folder.path)).toBeNull();
  expect(await gitState(path.join(folder.path, 'gone'))).toBeNull();
});
