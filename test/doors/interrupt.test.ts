import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { startHostProcess } from '#test/harness/host-process.ts';

const entry = path.resolve(import.meta.dirname, '../../out/main/cli.js');

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;
let folders: Folder[];
let home: string;
let project: string;

beforeEach(async () => {
  folders = [await temporaryFolder(), await temporaryFolder()];
  [home = '', project = ''] = folders.map((folder) => folder.path);
  project = await realpath(project);
  await mkdir(path.join(project, 'script'));
  await writeFile(path.join(project, 'foundry.toml'), '');
});

afterEach(async () => {
  for (const folder of folders) await folder[Symbol.asyncDispose]();
});

/** Scripts that the parser is busy with for as long as it is let. */
async function makeSlow(): Promise<void> {
  const deep = `${'('.repeat(3000)}1${')'.repeat(3000)}`;
  for (let i = 0; i < 8; i += 1) {
    await writeFile(
      path.join(project, `script/Slow${i}.s.sol`),
      `contract Slow is Base(${deep}) { function run() external {} }`,
    );
  }
}

function drydock(...args: string[]) {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, DRYDOCK_HOME: home, DRYDOCK_ENGINE: 'process' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, ...said }));
  return { child, ended };
}

describe.skipIf(process.platform === 'win32')('a process that is asked to end', () => {
  test('a folder of named pipes is refused, not waited for', async () => {
    execFileSync('rm', [path.join(project, 'foundry.toml')]);
    for (const name of ['foundry.toml', '.env', '.git']) {
      execFileSync('mkfifo', [path.join(project, name)]);
    }
    const { code, stderr } = await drydock('project', 'add', project).ended;
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('named pipe') });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'the command line ends at %s while a project is being read',
    async (signal) => {
      expect(await drydock('project', 'add', project).ended).toMatchObject({ code: 0 });
      await makeSlow();
      const { child, ended } = drydock('project', 'scripts', project);
      // Its own core is open from here on, and the command under way.
      while (!existsSync(path.join(home, 'drydock.db-wal'))) await sleep(10);
      child.kill(signal);
      expect(await ended).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('interrupted'),
      });
    },
  );

  test('the host ends at SIGTERM while a project is being read', async () => {
    const host = await startHostProcess(home, { env: { DRYDOCK_ENGINE: 'process' } });
    const { id } = await host.client.projects.add({ path: project });
    await makeSlow();
    const asked = host.client.projects.choices({ project: id }).then(
      () => 'answered',
      () => 'cut',
    );
    // It has heard both once it has answered the second.
    await host.client.projects.list();
    await host.stop();
    expect(await asked).toBe('cut');
  });
});
