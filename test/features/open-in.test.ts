import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { type Desktop, noDesktop, thisDesktop } from '#main/lib/desktop.ts';
import { openTestApp } from '../harness/app.ts';
import { openDoor } from '../harness/doors.ts';
import { temporaryFolder } from '../harness/folder.ts';

/** Programs that note their arguments and where they were started, one a line. */
async function machineWith(folder: string, names: readonly string[]): Promise<Desktop> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  for (const name of names) {
    const file = path.join(bin, name);
    await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$PWD" "$@" > "${folder}/${name}.started"\n`);
    await chmod(file, 0o755);
  }
  const { isProgram } = thisDesktop();
  return {
    ...noDesktop,
    env: { DISPLAY: ':9', PATH: bin },
    isProgram: (file) => file.startsWith(bin) && isProgram(file),
  };
}

async function world(names: readonly string[]) {
  const folder = await temporaryFolder();
  const desktop = await machineWith(folder.path, names);
  const core = await openTestApp({ desktop });
  const project = path.join(folder.path, 'my $(touch x) project');
  await mkdir(path.join(project, 'src'), { recursive: true });
  await writeFile(path.join(project, 'foundry.toml'), '');
  await writeFile(path.join(project, 'src', 'A.sol'), 'contract A {}\n');
  await writeFile(path.join(folder.path, 'outside.sol'), 'secret\n');
  await symlink(path.join(folder.path, 'outside.sol'), path.join(project, 'src', 'Link.sol'));
  const { client } = await openDoor('in-process', core.app);
  const { id } = await client.projects.add({ path: project });
  return {
    client,
    id,
    project,
    home: core.home,
    bin: path.join(folder.path, 'bin'),
    started: (name: string) =>
      vi.waitFor(async () => {
        const text = await readFile(path.join(folder.path, `${name}.started`), 'utf8');
        expect(text).toMatch(/\n$/);
        return text.trimEnd().split('\n');
      }),
    async [Symbol.asyncDispose]() {
      await core[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe.skipIf(process.platform === 'win32')('opening', () => {
  test('a project and a line of it open in the editor, which does not start in its folder', async () => {
    await using it = await world(['code', 'zed']);
    const { client, id, project } = it;
    expect((await client.openIn.programs()).editor).toEqual([
      { id: 'vscode', label: 'VS Code' },
      { id: 'zed', label: 'Zed' },
    ]);
    const asked = { project: id, file: 'src/A.sol', line: 12 };
    const file = path.join(project, 'src', 'A.sol');
    expect(await client.openIn.project(asked)).toEqual({ program: 'VS Code', path: file });
    expect(await it.started('code')).toEqual([os.homedir(), project, '--goto', `${file}:12:1`]);

    await client.settings.set({ editor: 'zed' });
    expect(await client.openIn.project({ project: id })).toEqual({ program: 'Zed', path: project });
    expect(await it.started('zed')).toEqual([os.homedir(), project]);
  });

  test('a terminal begins in the folder of a file, and a file manager is given no file', async () => {
    await using it = await world(['xterm', 'xdg-open']);
    const { client, id, project } = it;
    const asked = { project: id, file: 'src/A.sol', line: 3 };
    await client.openIn.project({ ...asked, in: 'terminal' });
    expect(await it.started('xterm')).toEqual([path.join(project, 'src')]);
    await client.openIn.project({ ...asked, in: 'files' });
    expect(await it.started('xdg-open')).toEqual([os.homedir(), path.join(project, 'src')]);
  });

  test('the data folder opens', async () => {
    await using it = await world(['xdg-open']);
    expect(await it.client.openIn.dataFolder({})).toMatchObject({ path: it.home });
    expect((await it.started('xdg-open'))[1]).toBe(it.home);
  });

  test.each([
    'src/Link.sol',
    '../outside.sol',
    '/etc/passwd',
    'src',
    'src/B.sol',
    'src/A.sol\0',
    '--help',
  ])('%s, which is no file of the project, does not', async (file) => {
    await using it = await world(['code']);
    await expect(it.client.openIn.project({ project: it.id, file })).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });

  test('a program that is not there, or says that it failed, is told', async () => {
    await using it = await world(['xdg-open']);
    const { client, id } = it;
    await expect(client.openIn.project({ project: id })).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringContaining('No editor was found'),
    });
    await expect(
      client.openIn.project({ project: id, in: 'files', program: 'nemo' }),
    ).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringContaining('Choose one of xdg-open'),
    });
    await writeFile(path.join(it.bin, 'xdg-open'), '#!/bin/sh\nexit 3\n');
    await expect(client.openIn.project({ project: id, in: 'files' })).rejects.toMatchObject({
      code: 'TOOL_MISSING',
      message: expect.stringContaining('ended with exit code 3'),
    });
  });

  test('no program of a project is started, wherever PATH leads', async () => {
    await using it = await world(['code']);
    expect((await it.client.openIn.programs()).editor).toHaveLength(1);
    await writeFile(path.join(it.bin, 'foundry.toml'), '');
    await it.client.projects.add({ path: it.bin });
    expect((await it.client.openIn.programs()).editor).toEqual([]);
  });
});

test('without a desktop nothing opens, and the reason is told', async () => {
  await using core = await openTestApp();
  const { client } = await openDoor('in-process', core.app);
  expect(await client.openIn.programs()).toMatchObject({
    ...{ editor: [], terminal: [], files: [] },
    problem: expect.stringContaining('DISPLAY'),
  });
  await expect(client.openIn.dataFolder({})).rejects.toMatchObject({ code: 'UNSUPPORTED' });
});
