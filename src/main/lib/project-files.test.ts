import { execFileSync } from 'node:child_process';
import { appendFileSync, truncateSync } from 'node:fs';
import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { filesToRun, projectFiles } from './project-files.ts';

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
/** `repository/package` is the project, `other` lies beside the repository. */
let project: string;
let repository: string;
let other: string;

beforeEach(async () => {
  temporary = await temporaryFolder();
  const root = await realpath(temporary.path);
  repository = path.join(root, 'repository');
  project = path.join(repository, 'package');
  other = path.join(root, 'other');
  await mkdir(project, { recursive: true });
  await mkdir(other);
  await writeFile(path.join(other, 'secret'), 'secret');
  await writeFile(path.join(repository, 'shared'), 'shared');
});

afterEach(() => temporary[Symbol.asyncDispose]());

const at = (name: string) => path.join(project, name);

describe.skipIf(process.platform === 'win32')('what is no regular file is told apart', () => {
  test('a named pipe that nothing writes to', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const files = projectFiles(project);
    expect(() => files.text('pipe')).toThrow(/pipe is a named pipe, not a regular file$/);
    await expect(files.bytes('pipe')).rejects.toMatchObject({ refusal: 'not-a-file' });
  });

  test('a device behind a link', async () => {
    await symlink('/dev/zero', at('zero'));
    for (const files of [projectFiles(project), filesToRun(project)]) {
      expect(() => files.text('zero')).toThrow(/zero is a device, not a regular file$/);
      await expect(files.bytes('zero')).rejects.toMatchObject({ refusal: 'not-a-file' });
    }
  });

  test('a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve));
    try {
      expect(() => projectFiles(project).text('socket')).toThrow(/socket is a socket/);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('a link to itself', async () => {
    await symlink('self', at('self'));
    expect(() => projectFiles(project).text('self')).toThrow(/self is a link that leads to itself/);
    expect(projectFiles(project).stat('self')).toBeUndefined();
  });

  test('a process file, whose size says nothing', () => {
    expect(projectFiles(project).textIfAny('/proc/self/environ')).toBeUndefined();
  });
});

test('a folder, and nothing at all', () => {
  expect(() => projectFiles(project).text('.')).toThrow(/is a folder, not a regular file$/);
  expect(() => projectFiles(project).text('gone')).toThrow(/gone does not exist$/);
  expect(() => projectFiles(`${project}/gone`).text('gone')).toThrow(/gone does not exist$/);
  expect(projectFiles(`${project}/gone`).entries('.')).toEqual([]);
});

describe('size', () => {
  test('a file over the limit is not read, be it sparse', async () => {
    await writeFile(at('large'), '');
    truncateSync(at('large'), 1_000_000_000);
    const files = projectFiles(project);
    expect(() => files.text('large')).toThrow(/large is larger than 2 MB$/);
    await expect(files.bytes('large', 5000)).rejects.toThrow(/large is larger than 5 KB$/);
  });

  test('up to the limit it is read whole', async () => {
    await writeFile(at('small'), 'é'.repeat(500));
    const files = projectFiles(project);
    expect(files.text('small', 1000)).toBe('é'.repeat(500));
    expect((await files.bytes('small', 1000)).toString()).toBe('é'.repeat(500));
    appendFileSync(at('small'), 'x');
    expect(() => files.text('small', 1000)).toThrow(/larger/);
  });
});

describe('links', () => {
  test('out of the folder are not followed', async () => {
    await symlink(path.join(other, 'secret'), at('linked'));
    await symlink(other, at('folder'));
    const files = projectFiles(project);
    for (const name of ['linked', 'folder/secret', '../../other/secret']) {
      expect(() => files.text(name), name).toThrow(
        `leads out of ${project}, to ${path.join(other, 'secret')}`,
      );
      await expect(files.bytes(name)).rejects.toMatchObject({ refusal: 'outside' });
      expect(files.real(name)).toBeUndefined();
    }
    expect(files.entries('folder')).toEqual([]);
    expect([...files.below('.', () => true)]).toEqual([at('linked')]);
  });

  test('are followed where the code of the folder runs anyway', async () => {
    await symlink(path.join(other, 'secret'), at('linked'));
    expect(filesToRun(project).text('linked')).toBe('secret');
  });

  test('within the repository are followed', async () => {
    await symlink('../shared', at('linked'));
    expect(() => projectFiles(project).text('linked')).toThrow(/leads out/);
    await mkdir(path.join(repository, '.git'));
    expect(projectFiles(project).text('linked')).toBe('shared');
    expect(projectFiles(project).boundary).toBe(repository);
  });

  test('a walk enters a real folder once', async () => {
    await mkdir(at('a/b'), { recursive: true });
    await writeFile(at('a/b/file'), '');
    await symlink('..', at('a/b/up'));
    await symlink('a', at('again'));
    expect([...projectFiles(project).below('.', () => true)]).toHaveLength(1);
  });
});
