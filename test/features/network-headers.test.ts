import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { backupPath } from '#main/db/backup-files.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type KeyedUpstream, keyedUpstream } from '#test/harness/keyed-upstream.ts';

const cliFile = path.resolve(import.meta.dirname, '../../out/main/cli.js');
const VALUE = 'Bearer k3y-0f-a-pr0vider-7Qe93xPbV2';

let core: TestApp;
let client: Client;
let upstream: KeyedUpstream;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  const { rpcUrl } = await client.chains.start({ chain: 'local' });
  await client.chains.mine({ chain: 'local', blocks: 7 });
  upstream = await keyedUpstream(rpcUrl as string, { name: 'authorization', value: VALUE });
});
afterAll(async () => {
  await upstream?.[Symbol.asyncDispose]();
  await core?.[Symbol.asyncDispose]();
});

beforeEach(async () => {
  upstream.refuses = null;
  await client.networks.save({
    ...{ name: 'keyed', kind: 'fork', url: upstream.url, chainId: 31337 },
    headers: { authorization: null, 'x-other': null },
  });
});

const save = (headers: Record<string, string | null>, url?: string) =>
  client.networks.save({ name: 'keyed', kind: 'fork', headers, ...(url ? { url } : {}) });

test('are sent with what is asked of the upstream, and told by name alone', async () => {
  const refused = await client.networks.test({ name: 'keyed' });
  expect(refused).toMatchObject({ ok: false });
  expect(refused.problem).toMatch(/HTTP 401.*drydock network header keyed authorization -/);

  const saved = await save({ Authorization: VALUE });
  expect(saved.headers).toEqual(['authorization']);
  expect(await client.networks.test({ name: 'keyed' })).toMatchObject({ ok: true, chainId: 31337 });
  expect(await client.chains.upstream({ chain: 'keyed' })).toMatchObject({ newest: 7 });
  const told = [await client.networks.list(), await client.chains.list(), saved];
  expect(JSON.stringify(told)).not.toContain('k3y-0f-a-pr0vider');
});

test('are replaced, added to and removed one by one', async () => {
  await save({ authorization: 'Bearer old', 'x-other': 'second' });
  expect((await save({ authorization: VALUE })).headers).toEqual(['authorization', 'x-other']);
  expect(await client.networks.test({ name: 'keyed' })).toMatchObject({ ok: true });
  expect(upstream.seen.at(-1)).toMatchObject({ authorization: VALUE, 'x-other': 'second' });
  // What isn't named stays, also when something else is saved.
  const more = await client.networks.save({ name: 'keyed', kind: 'fork', forkBlock: 3 });
  expect(more.headers).toEqual(['authorization', 'x-other']);
  expect((await save({ authorization: null })).headers).toEqual(['x-other']);
  expect(await client.networks.test({ name: 'keyed' })).toMatchObject({ ok: false });
});

test('go to no other server than the one that they were entered for', async () => {
  await save({ authorization: VALUE });
  expect((await save({}, `${upstream.url}/v2`)).headers).toEqual(['authorization']);
  expect((await save({}, 'https://elsewhere.example')).headers).toEqual([]);
  const both = await save({ 'x-other': 'new' }, upstream.url);
  expect(both.headers).toEqual(['x-other']);
});

test('are of forks only, and go with the network', async () => {
  await save({ authorization: VALUE });
  await expect(
    client.networks.save({
      ...{ name: 'remote', kind: 'remote', url: upstream.url },
      headers: { authorization: VALUE },
    }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const { headers } = await client.networks.save({ name: 'keyed', kind: 'remote' });
  expect(headers).toEqual([]);
  await client.networks.save({ name: 'keyed', kind: 'fork' });
  await save({ authorization: VALUE });
  await client.networks.remove({ name: 'keyed' });
  const anew = await client.networks.save({ name: 'keyed', kind: 'fork', url: upstream.url });
  expect(anew.headers).toEqual([]);
});

test('come from standard input alone on the command line, and are listed by name', async () => {
  const cli = (...words: string[]) =>
    spawnSync(process.execPath, [cliFile, 'network', 'header', ...words], {
      input: `${VALUE}\n`,
      encoding: 'utf8',
      env: { ...process.env, DRYDOCK_HOME: core.home },
    });
  const set = cli('keyed', 'Authorization', '-');
  expect(set).toMatchObject({ status: 0, stderr: '' });
  expect(set.stdout).toMatch(/headers +authorization/);
  expect(await client.networks.test({ name: 'keyed' })).toMatchObject({ ok: true });
  for (const words of [
    ['keyed', 'authorization', VALUE],
    ['keyed', 'authorization'],
  ]) {
    const refused = cli(...words);
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toContain('standard input');
    expect(refused.stdout + refused.stderr).not.toContain('k3y-0f-a-pr0vider');
  }
  expect(cli('keyed', 'authorization', '--remove').stdout).not.toContain('authorization');
  expect(cli('keyed').stdout).toContain('keyed');
  expect((await client.networks.get({ name: 'keyed' })).headers).toEqual([]);
});

test('are in a backup as they are sealed, and open again under the same key', async () => {
  await using folder = await temporaryFolder();
  const fork = { name: 'keyed', kind: 'fork', url: upstream.url, chainId: 31337 } as const;
  {
    await using first = await openTestApp({ home: folder.path });
    const { client } = await openDoor('in-process', first.app);
    await client.networks.save({ ...fork, headers: { authorization: VALUE } });
    const { name } = await client.backups.create();
    const bytes = gunzipSync(await readFile(backupPath(folder.path, name)));
    expect(bytes.includes('authorization')).toBe(true);
    expect(bytes.includes('k3y-0f-a-pr0vider')).toBe(false);
    await client.networks.remove({ name: 'keyed' });
    await client.backups.restore({ backup: name });
  }
  await using again = await openTestApp({ home: folder.path });
  const { client } = await openDoor('in-process', again.app);
  expect((await client.networks.get({ name: 'keyed' })).headers).toEqual(['authorization']);
  expect(await client.networks.test({ name: 'keyed' })).toMatchObject({ ok: true });
});

test.each([
  ['host', 'x'],
  ['content-length', '1'],
  ['Transfer-Encoding', 'chunked'],
  ['proxy-authorization', VALUE],
  ['a b', 'x'],
  ['x-key', `${VALUE}\r\nx-more: y`],
  ['x-key', 'ключ'],
  ['x-key', ''],
])('that are no headers to be sent are refused: %s', async (name, value) => {
  const input = JSON.parse(`{"${name}": ${JSON.stringify(value)}}`);
  const error = await save(input).catch((refused: unknown) => refused);
  expect(error).toMatchObject({ code: 'BAD_INPUT' });
  expect(JSON.stringify(error)).not.toContain('k3y-0f-a-pr0vider');
  expect((await client.networks.get({ name: 'keyed' })).headers).toEqual([]);
});

test('stand in the database only sealed, and in no error that the upstream repeats them in', async () => {
  await save({ authorization: VALUE });
  for (const file of ['drydock.db', 'drydock.db-wal']) {
    const bytes = await readFile(path.join(core.home, file)).catch(() => Buffer.alloc(0));
    expect(bytes.includes('k3y-0f-a-pr0vider')).toBe(false);
  }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, error: { message: `no: ${VALUE}` } });
  upstream.refuses = { status: 403, body };
  const { problem } = await client.networks.test({ name: 'keyed' });
  expect(problem).toMatch(/HTTP 403, no: ••••/);
  await expect(client.chains.start({ chain: 'keyed' })).rejects.toMatchObject({
    code: 'RPC_UNREACHABLE',
    message: expect.stringMatching(/HTTP 403, no: ••••.*network header keyed/),
  });
  upstream.refuses = { status: 429, body: 'slow down' };
  await expect(client.chains.upstream({ chain: 'keyed' })).rejects.toMatchObject({
    message: expect.stringMatching(/HTTP 429.*wait, or use a key that may send more/),
  });
});
