import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { browseFolder } from './browse-folder.ts';

/** A home folder with some folders in it, beside one that is outside of it. */
async function homeAndOutside() {
  const root = await temporaryFolder();
  const real = await realpath(root.path);
  const home = path.join(real, 'home');
  const outside = path.join(real, 'outside');
  await mkdir(path.join(home, 'code', 'vault10'), { recursive: true });
  await mkdir(path.join(home, 'code', 'vault9'));
  await mkdir(path.join(home, '.hidden'));
  await mkdir(path.join(outside, 'secret'), { recursive: true });
  await writeFile(path.join(home, 'code', 'vault9', 'marker.toml'), '');
  await writeFile(path.join(home, 'file'), '');
  await symlink(outside, path.join(home, 'link'));
  return { root, home, outside };
}

const markers = ['marker.toml'];

test('the home folder is listed first, without files and hidden folders, links told as such', async () => {
  const { root, home } = await homeAndOutside();
  await using _ = root;
  const view = await browseFolder({ anywhere: false }, markers, home);
  expect(view).toEqual({
    path: home,
    home,
    parent: null,
    isWhole: true,
    folders: [
      { name: 'code', path: path.join(home, 'code'), isLink: false, isProject: false },
      { name: 'link', path: path.join(home, 'link'), isLink: true, isProject: false },
    ],
  });
});

test('folders are sorted as people count, and projects are marked', async () => {
  const { root, home } = await homeAndOutside();
  await using _ = root;
  const { folders, parent } = await browseFolder(
    { path: path.join(home, 'code'), anywhere: false },
    markers,
    home,
  );
  expect(parent).toBe(home);
  expect(folders.map(({ name, isProject }) => [name, isProject])).toEqual([
    ['vault9', true],
    ['vault10', false],
  ]);
});

test('what lies outside of the home folder is listed only when it is asked for', async () => {
  const { root, home, outside } = await homeAndOutside();
  await using _ = root;
  for (const asked of [outside, path.join(home, 'link'), path.join(home, '..', 'outside')]) {
    await expect(
      browseFolder({ path: asked, anywhere: false }, markers, home),
    ).rejects.toMatchObject({
      code: 'OUTSIDE_HOME',
    });
    const view = await browseFolder({ path: asked, anywhere: true }, markers, home);
    expect(view.path).toBe(outside);
    expect(view.parent).toBe(path.dirname(outside));
  }
});

test('what is no folder is refused', async () => {
  const { root, home } = await homeAndOutside();
  await using _ = root;
  for (const name of ['file', 'none']) {
    await expect(
      browseFolder({ path: path.join(home, name), anywhere: false }, markers, home),
    ).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
  }
});

test('a link is not looked at: what it leads to is no project here', async () => {
  const { root, home, outside } = await homeAndOutside();
  await using _ = root;
  await writeFile(path.join(outside, 'marker.toml'), '');
  const { folders } = await browseFolder({ path: home, anywhere: false }, markers, home);
  expect(folders.find(({ name }) => name === 'link')).toMatchObject({ isProject: false });
});
