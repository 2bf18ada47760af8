import { execFileSync } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isFinal } from '#main/shared/final.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { made } from '#test/harness/made.ts';

let core: TestApp;
let client: Client;
let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  core = await openTestApp({ asksForTrust: true });
  client = (await openDoor('in-process', core.app)).client;
  place = await temporaryFolder();
});
afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

const at = (name: string) => path.join(place.path, name);

test('a new Foundry project is deployed at once: it needs no network and no question', async () => {
  const project = await client.templates.create({ kind: 'foundry', path: at('first') });
  expect(project).toMatchObject({ name: 'first', kind: 'foundry', trustedBy: project.path });
  expect(await readdir(project.path)).toEqual(
    expect.arrayContaining(['.gitignore', 'foundry.toml', 'script', 'src', 'test']),
  );
  const { id } = await client.deployments.start({
    ...{ project: project.id, target: 'local' },
    input: { script: 'script/Deploy.s.sol' },
  });
  await vi.waitFor(async () => {
    expect(isFinal((await client.deployments.get({ id })).status)).toBe(true);
  });
  const run = await client.deployments.get({ id });
  expect(run.status, run.failure?.message).toBe('succeeded');
  expect(made(run).contracts.map(({ name }) => name)).toEqual(['Counter']);
  expect(made(run).transactions).toHaveLength(2);
});

test('a new Hardhat project offers its module, and says that a deploy installs its packages', async () => {
  const project = await client.templates.create({
    ...({ kind: 'hardhat', path: at('second'), name: 'Second' } as const),
  });
  expect(project).toMatchObject({ name: 'Second', kind: 'hardhat' });
  const { entries } = await client.projects.choices({ project: project.id });
  expect(JSON.stringify(entries)).toContain('ignition/modules/Counter.ts');
  const { candidates } = await client.projects.detect({ path: project.path });
  expect(candidates[0]?.evidence.join(' ')).toContain('npm install');
});

test('nothing of the user is overwritten, and what is refused leaves nothing', async () => {
  await mkdir(at('mine'));
  await writeFile(path.join(at('mine'), 'notes'), 'mine');
  await writeFile(at('file'), '');
  await mkdir(at('empty'));
  const create = (name: string, more = {}) =>
    client.templates.create({ kind: 'foundry', path: at(name), ...more });
  await expect(create('mine')).rejects.toMatchObject({
    code: 'FOLDER_NOT_EMPTY',
    message: expect.stringContaining('"notes"'),
  });
  await expect(create('file')).rejects.toMatchObject({ code: 'FOLDER_NOT_EMPTY' });
  await expect(create('nowhere/inside')).rejects.toMatchObject({ code: 'FOLDER_NOT_FOUND' });
  await expect(create('other', { kind: 'app' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const { name } = await create('empty');
  await mkdir(at('behind'));
  await symlink(at('behind'), at('link'));
  expect(await create('link')).toMatchObject({ path: at('behind') });
  await expect(create('other', { name })).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  expect((await readdir(place.path)).filter((one) => !/^(first|second)$/.test(one)).sort()).toEqual(
    ['behind', 'empty', 'file', 'link', 'mine'],
  );
});

test('a relative folder is refused: it would be made where the core runs', async () => {
  const before = await readdir('.');
  await expect(
    client.templates.create({ kind: 'foundry', path: 'somewhere' }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'path' } });
  expect(await readdir('.')).toEqual(before);
});

test('one within a repository asks before its code runs: the repository is not Drydock’s', async () => {
  await mkdir(at('repository'));
  execFileSync('git', ['init', '--quiet'], { cwd: at('repository') });
  const project = await client.templates.create({
    ...({ kind: 'foundry', path: at('repository/inside') } as const),
  });
  expect(project.trustedBy).toBeNull();
});
