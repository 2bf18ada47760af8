import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { type IPty, spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';

const cli = path.resolve('out/main/cli.js');
let home: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  home = await temporaryFolder();
  // A port of its own: others have chains on the usual one.
  await drydock('network', 'add', 'local', '--kind', 'local', '--port', `${await freePort()}`);
});
afterAll(async () => {
  await drydock('chain', 'stop', 'local').catch(() => undefined);
  await home[Symbol.asyncDispose]();
});

const env = () => ({ ...process.env, DRYDOCK_HOME: home.path, DRYDOCK_ENGINE: 'process' });

const drydock = (...args: string[]) =>
  promisify(execFile)(process.execPath, [cli, ...args], { env: env() });

/** A person in a terminal: answers each question when it has come, then reads to the end. */
async function inTerminal(
  folder: string,
  args: string[],
  answers: [asked: string, keys: string][],
) {
  const shell: IPty = spawn(process.execPath, [cli, ...args], {
    env: env(),
    cwd: folder,
    cols: 200,
  });
  const waiting = [...answers];
  let text = '';
  let read = 0;
  shell.onData((data) => {
    text += stripVTControlCharacters(data);
    const [asked, keys] = waiting[0] ?? [];
    if (asked === undefined || keys === undefined || !text.slice(read).includes(asked)) return;
    waiting.shift();
    read = text.length;
    shell.write(keys);
  });
  const code = await new Promise<number>((resolve) =>
    shell.onExit(({ exitCode }) => resolve(exitCode)),
  );
  return { code, text, unanswered: waiting.map(([asked]) => asked) };
}

const ENTER = '\r';
const DOWN = '\x1b[B';
const CTRL_C = '\x03';

test('"deploy" alone asks its way from an empty folder to a deployed contract', async () => {
  await using folder = await temporaryFolder();
  const { code, text, unanswered } = await inTerminal(
    folder.path,
    ['deploy'],
    [
      ['Which project?', ENTER],
      ['Folder of the new project', ENTER],
      ['Where to?', ENTER],
      ['Which script or contract?', ENTER],
    ],
  );
  expect(unanswered).toEqual([]);
  expect(text).toContain(
    'The same without questions: drydock deploy my-project --target local --script script/Deploy.s.sol',
  );
  expect({ code, text }).toMatchObject({ code: 0 });
  const { stdout } = await drydock('deployment', 'list', '--json');
  expect(JSON.parse(stdout).items).toMatchObject([{ status: 'succeeded', target: 'local' }]);
});

test('in the folder of a project only what is open is asked, and leaving deploys nothing', async () => {
  await using vault = await copyFixture('token-vault');
  await drydock('project', 'add', vault.folder, '--name', 'vault');
  const inner = path.join(vault.folder, 'script');
  await mkdir(inner, { recursive: true });
  const before = JSON.parse((await drydock('deployment', 'list', '--json')).stdout).total;
  const left = await inTerminal(inner, ['deploy'], [['Where to?', `${DOWN}${CTRL_C}`]]);
  expect(left.unanswered).toEqual([]);
  expect(left.text).toContain('Project: vault');
  expect(left.text).not.toContain('Which project?');
  expect(left).toMatchObject({ code: 1, text: expect.stringContaining('Nothing was deployed.') });
  expect(JSON.parse((await drydock('deployment', 'list', '--json')).stdout).total).toBe(before);
});

test('a folder that is no project yet is offered first, and added when it is chosen', async () => {
  await using fixture = await copyFixture('token-vault');
  const { text, unanswered } = await inTerminal(
    fixture.folder,
    ['deploy'],
    [
      ['Which project?', ENTER],
      ['Where to?', CTRL_C],
    ],
  );
  expect(unanswered).toEqual([]);
  expect(text).toContain(`Add ${path.basename(fixture.folder)}`);
  const { stdout } = await drydock('project', 'list', '--json');
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ name: path.basename(fixture.folder) }),
  );
});

test('without a terminal nothing is asked: the project has to be named', async () => {
  await expect(drydock('deploy', '--network', 'local')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Give a project: its name, id or folder.'),
  });
});

test('what can not be read is told, and nothing is deployed in its place unasked', async () => {
  await using fixture = await copyFixture('token-vault');
  await rm(path.join(fixture.folder, 'script'), { recursive: true });
  await rm(path.join(fixture.folder, 'src'), { recursive: true });
  await mkdir(path.join(fixture.folder, 'src'));
  await writeFile(path.join(fixture.folder, 'src/Good.sol'), 'contract Good {}');
  await writeFile(path.join(fixture.folder, 'src/Broken.sol'), 'contract Broken { function');
  await drydock('project', 'add', fixture.folder, '--name', 'unread');
  const { code, text, unanswered } = await inTerminal(
    fixture.folder,
    ['deploy'],
    [
      ['Where to?', ENTER],
      ['Which script or contract?', CTRL_C],
    ],
  );
  expect(unanswered).toEqual([]);
  expect(text).toContain('! src/Broken.sol');
  expect(code).toBe(1);
});
