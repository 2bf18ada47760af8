import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { type Headers, pack } from 'tar-stream';
import { afterEach, expect, test, vi } from 'vitest';
import { processEngine } from '#main/engines/process/process-engine.ts';
import { ToolDownloads } from '#main/engines/process/tool-downloads.ts';
import type { ToolSpec } from '#main/engines/tools.ts';
import { processes } from '#main/lib/processes/processes.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { smallDisk, whyNoMount } from '#test/harness/small-disk.ts';

const cleanups: (() => PromiseLike<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const NAME = '@tools/thing-linux';
const VERSION = '1.2.3';
const spec: ToolSpec = {
  ...{ name: 'thing', versionArgs: ['--version'], setting: null, homeFolder: null },
  ...{ bundled: { package: NAME, file: 'bin/thing' }, variables: null },
  remedy: { missing: 'Install it by hand.', broken: 'Install it again.' },
};

/** A program, and so much more that it doesn't arrive at once. */
const program = Buffer.concat([
  Buffer.from(`#!/bin/sh\necho ${VERSION}\nexit 0\n`),
  Buffer.from(randomBytes(3_000_000).toString('base64')),
]);

async function tarballOf(more: [Headers, string][] = []): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: 'package/package.json' }, JSON.stringify({ name: NAME, version: VERSION }));
  for (const [headers, text] of more) tar.entry(headers, text);
  tar.entry({ name: 'package/bin/thing', mode: 0o755 }, program);
  tar.finalize();
  return gzipSync(await buffer(tar));
}

type Serve = (response: ServerResponse, from: number, tarball: Buffer) => void;

const whole: Serve = (response, from, tarball) => {
  const rest = tarball.subarray(from);
  const range = { 'content-range': `bytes ${from}-${tarball.length - 1}/${tarball.length}` };
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': rest.length,
    ...(from > 0 ? range : {}),
  });
  response.end(rest);
};

const cutAt =
  (bytes: number): Serve =>
  (response, from, tarball) => {
    response.writeHead(200, { 'content-length': tarball.length - from });
    response.write(tarball.subarray(from, from + bytes), () => response.destroy());
  };

/** A registry that serves one package, as `serve` says. */
async function registry({ serve = whole, tarball = undefined as Buffer | undefined } = {}) {
  const made = tarball ?? (await tarballOf());
  const asked: { url: string; from: number; authorization: string | undefined }[] = [];
  const state = { serve };
  const server = http.createServer((request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const { authorization } = request.headers;
    asked.push({ url: request.url ?? '', from, authorization });
    state.serve(response, from, made);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/npm/`;
  const integrity = `sha512-${createHash('sha512').update(made).digest('base64')}`;
  return { asked, state, url, server, tarball: made, integrity };
}

interface Place {
  folder: string;
  url: string;
  integrity: string;
}

const owner = await processes.own();

function downloads({ folder, url, integrity }: Place) {
  const told: number[] = [];
  const made = new ToolDownloads({
    ...{ folder, tools: [spec], leftOut: [{ name: NAME, version: VERSION, integrity }], owner },
    ...{ caFile: () => '', env: { npm_config_registry: url }, home: '/nowhere' },
    changed: () => told.push(made.status().received),
    mask: (text) => text.replaceAll('hunter2', '•••'),
    logger: pino({ level: 'silent' }),
  });
  cleanups.push(() => made.close());
  return { made, told };
}

async function place(served: { url: string; integrity: string }): Promise<Place> {
  const folder = await temporaryFolder();
  cleanups.push(() => folder[Symbol.asyncDispose]());
  return { folder: path.join(folder.path, 'tools'), url: served.url, integrity: served.integrity };
}

const parts = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.part')) : [];

test('the first need brings a tool, which runs', async () => {
  const served = await registry();
  const at = await place(served);
  const { made, told } = downloads(at);
  expect(made.status()).toMatchObject({ state: 'needed', tools: ['thing'] });
  const engine = processEngine({ tools: [spec], downloads: made, home: '/nowhere', path: '' });
  await expect(engine.tool('thing')).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: expect.stringContaining('drydock tool download'),
  });
  const workspace = engine.workspace({ id: 1, path: path.dirname(at.folder) });
  let said = '';
  const execution = {
    onOutput: (_: string, text: string) => {
      said += text;
    },
  };
  await Promise.all([
    workspace.exec({ program: 'thing', args: [], env: {}, cwd: '/' }, execution),
    made.download(),
  ]);
  expect(said).toBe(`${VERSION}\n`);
  const found = await engine.tool('thing');
  expect(found).toMatchObject({ version: VERSION, source: 'downloaded' });
  expect(program.equals(await readFile(found.path))).toBe(true);
  expect(statSync(found.path).mode & 0o777).toBe(0o700);
  expect(served.asked).toEqual([
    { url: `/npm/${NAME}/-/thing-linux-${VERSION}.tgz`, from: 0, authorization: undefined },
  ]);
  expect(Math.max(...told)).toBeGreaterThan(1_000_000);
  expect(made.status()).toEqual({
    ...{ state: 'none', tools: [], received: 0, total: null, problem: null },
  });
  expect(readdirSync(at.folder)).toEqual([`@tools+thing-linux@${VERSION}`]);
});

test('what is not what was pinned is refused, and nothing of it stays', async () => {
  const served = await registry();
  const at = await place({ ...served, integrity: `sha512-${Buffer.alloc(64).toString('base64')}` });
  const { made } = downloads(at);
  await expect(made.download()).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: expect.stringMatching(
      /is not the one that this Drydock was made with, and was refused/,
    ),
  });
  expect(readdirSync(at.folder)).toEqual([]);
  expect(made.status()).toMatchObject({ state: 'failed', tools: ['thing'] });
  expect(made.find(spec)).toBeUndefined();
});

test('a download that is cut off goes on where it was', async () => {
  const served = await registry({ serve: cutAt(700_000) });
  const at = await place(served);
  const { made } = downloads(at);
  const first = made.download();
  await vi.waitFor(() => expect(served.asked.length).toBeGreaterThan(0));
  served.state.serve = whole;
  await first;
  expect(served.asked.at(-1)?.from).toBeGreaterThan(0);
  expect(made.status().state).toBe('none');
  expect(parts(at.folder)).toEqual([]);
});

test('a server that never gets to the end is told, and what came is gone on with later', async () => {
  const served = await registry({ serve: cutAt(200_000) });
  const at = await place(served);
  const { made } = downloads(at);
  await expect(made.download()).rejects.toThrow(/could not be downloaded from 127\.0\.0\.1:\d+: /);
  expect(parts(at.folder)).toHaveLength(1);
  served.state.serve = whole;
  const before = served.asked.length;
  await made.download();
  expect(served.asked[before]?.from).toBeGreaterThan(0);
});

test('a beginning that was another one’s is thrown away', async () => {
  const served = await registry();
  const other = await registry({ serve: cutAt(300_000) });
  const at = await place(served);
  await downloads({ ...at, url: other.url })
    .made.download()
    .catch(() => undefined);
  expect(parts(at.folder)).toHaveLength(1);
  const { made } = downloads(at);
  await made.download();
  expect(made.status().state).toBe('none');
  expect(served.asked.map(({ from }) => from > 0)).toEqual([true, false]);
});

test('without a network everything else works, and what to do is said', async () => {
  const served = await registry();
  served.server.close();
  served.server.closeAllConnections();
  await vi.waitFor(() => expect(served.server.listening).toBe(false));
  const at = await place(served);
  const { made } = downloads(at);
  await expect(made.download()).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: expect.stringMatching(
      /nothing listens there\. Check the connection.*Install it by hand/,
    ),
  });
  expect(made.missing(spec)?.data.fix).toMatchObject({ call: { procedure: 'tools.download' } });
});

test('paths within the tarball lead nowhere', async () => {
  const tarball = await tarballOf([
    [{ name: 'package/../../../evil' }, 'x'],
    [{ name: '/tmp/drydock-evil' }, 'x'],
    [{ name: 'package/bin', type: 'symlink', linkname: '/tmp' }, ''],
    [{ name: 'package/bin/other', mode: 0o4755 }, 'x'],
  ]);
  const served = await registry({ tarball });
  const at = await place(served);
  await downloads(at).made.download();
  expect(readdirSync(path.dirname(at.folder))).toEqual(['tools']);
  const inside = readdirSync(path.join(at.folder, `@tools+thing-linux@${VERSION}`), {
    recursive: true,
  });
  expect(inside.sort()).toEqual(['bin', 'bin/thing', 'package.json']);
  expect(existsSync('/tmp/drydock-evil')).toBe(false);
});

test('credentials of the registry go to it alone, and are never said', async () => {
  const served = await registry({ serve: (response) => response.writeHead(403).end() });
  const at = await place(served);
  const url = served.url.replace('//', '//me:hunter2@');
  const error = await downloads({ ...at, url })
    .made.download()
    .catch((caught: Error) => caught);
  expect(served.asked.map(({ authorization }) => authorization)).toEqual([
    `Basic ${Buffer.from('me:hunter2').toString('base64')}`,
  ]);
  expect(String(error)).toContain('it answered 403');
  expect(String(error)).not.toContain('hunter2');
});

test.skipIf(skipAloud('a full disk for tools', whyNoMount()))(
  'on a full disk nothing stays in the way, and there is a next time',
  async () => {
    const served = await registry();
    using small = smallDisk(2);
    const at = { ...served, folder: path.join(small.path, 'tools') };
    const { made } = downloads(at);
    await expect(made.download()).rejects.toThrow(/The disk is full/);
    expect(readdirSync(at.folder)).toEqual([]);
    expect(made.status()).toMatchObject({ state: 'failed', tools: ['thing'] });
  },
);

/** Another process that downloads to the same place. */
function otherProcess(at: Place) {
  const child = fork(path.join(import.meta.dirname, '../harness/download-tool.ts'), [
    JSON.stringify({ ...at, name: NAME, version: VERSION, file: 'bin/thing' }),
  ]);
  cleanups.push(() => void child.kill('SIGKILL'));
  return child;
}

/** Sends the beginning, and nothing more until it is told to. */
function held() {
  const waiting: (() => void)[] = [];
  const serve: Serve = (response, from, tarball) => {
    if (from > 0) return whole(response, from, tarball);
    response.writeHead(200, { 'content-length': tarball.length });
    response.write(tarball.subarray(0, 900_000));
    waiting.push(() => response.end(tarball.subarray(900_000)));
  };
  const release = () => {
    for (const go of waiting.splice(0)) go();
  };
  return { serve, release };
}

const received = (folder: string): number =>
  Math.max(0, ...parts(folder).map((name) => statSync(path.join(folder, name)).size));

test('after a kill in the middle the next process goes on', async () => {
  const { serve } = held();
  const served = await registry({ serve });
  const at = await place(served);
  const child = otherProcess(at);
  await vi.waitFor(() => expect(received(at.folder)).toBeGreaterThan(500_000), 60_000);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { made } = downloads(at);
  await made.download();
  expect(served.asked.map(({ from }) => from > 0)).toEqual([false, true]);
  expect(readdirSync(at.folder)).toEqual([`@tools+thing-linux@${VERSION}`]);
});

test('of two processes at once one downloads, and both have it', async () => {
  const { serve, release } = held();
  const served = await registry({ serve });
  const at = await place(served);
  const child = otherProcess(at);
  await vi.waitFor(() => expect(received(at.folder)).toBeGreaterThan(500_000), 60_000);
  const { made } = downloads(at);
  const second = made.download();
  await vi.waitFor(() => expect(made.status().received).toBeGreaterThan(500_000));
  release();
  await Promise.all([second, once(child, 'exit')]);
  expect(child.exitCode).toBe(0);
  expect(served.asked).toHaveLength(1);
  expect(readdirSync(at.folder)).toEqual([`@tools+thing-linux@${VERSION}`]);
});
