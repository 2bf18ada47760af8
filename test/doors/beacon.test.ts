import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  findHost,
  readDiscoveryFile,
  removeDiscoveryFile,
  writeDiscoveryFile,
} from '#main/doors/host/discovery-file.ts';
import { startHost } from '#main/doors/host/start-host.ts';
import { aCore, aHost } from './with-host.ts';

const fileIn = (home: string) => path.join(home, 'run', 'host.json');

test('a host can be found as long as it runs, by this user alone', async () => {
  const core = await aCore();
  const host = await startHost(core, { port: 0 });
  const file = fileIn(core.home);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    pid: process.pid,
    port: host.port,
    url: host.url,
    token: host.token,
    startedAt: expect.any(Number),
  });
  expect(await findHost(core.home)).toMatchObject({ url: host.url, token: host.token });
  await host.close();
  expect(existsSync(file)).toBe(false);
  expect(await findHost(core.home)).toBeNull();
});

test('the token stays over restarts, and is made anew when its file is gone or broken', async () => {
  const { app, token } = await aHost();
  const file = path.join(app.home, 'run', 'token');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await aHost({}, app)).token).toBe(token);
  writeFileSync(file, 'x');
  const renewed = (await aHost({}, app)).token;
  expect(renewed).not.toBe(token);
  expect(Buffer.from(renewed, 'base64url')).toHaveLength(32);
});

test('what a crash left behind counts as nothing', async () => {
  const host = await aHost();
  const { home } = host.app;
  const beacon = {
    pid: process.pid,
    port: host.port,
    url: host.url,
    token: host.token,
    startedAt: 1,
  };
  await writeDiscoveryFile(home, beacon);
  expect(await findHost(home)).toEqual(beacon);

  // A pid beyond what systems give out; this process, which is another one; a token of before.
  for (const wrong of [{ pid: 2 ** 30 }, { pid: process.ppid }, { token: 'of-before' }]) {
    await writeDiscoveryFile(home, { ...beacon, ...wrong });
    expect(await findHost(home)).toBeNull();
  }
});

test('a port that someone else listens on by now is not our host', async () => {
  const { home } = await aCore();
  const stranger = createServer((_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void stranger.close());
  const { port } = stranger.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  await writeDiscoveryFile(home, { pid: process.pid, port, url, token: 'x', startedAt: 1 });
  expect(await findHost(home)).toBeNull();
});

test('a beacon that makes no sense is no beacon', async () => {
  const { home } = await aCore();
  mkdirSync(path.dirname(fileIn(home)), { recursive: true });
  const url = 'http://example.org';
  const contents = [
    '',
    '{',
    '{}',
    '[]',
    JSON.stringify({ pid: 1, port: 1, url, token: 'x', startedAt: 1 }),
  ];
  for (const content of contents) {
    writeFileSync(fileIn(home), content);
    expect(await readDiscoveryFile(home)).toBeNull();
    expect(await findHost(home)).toBeNull();
  }
});

test('a host that closes leaves the beacon of another alone', async () => {
  const { home } = await aCore();
  const mine = {
    pid: process.pid,
    port: 1,
    url: 'http://127.0.0.1:1',
    token: 'mine',
    startedAt: 1,
  };
  // Hosts of one data folder share its token.
  for (const other of [{ port: 2 }, { pid: process.ppid }]) {
    await writeDiscoveryFile(home, { ...mine, ...other });
    await removeDiscoveryFile(home, mine);
    expect(await readDiscoveryFile(home)).toMatchObject(other);
  }
  await writeDiscoveryFile(home, mine);
  await removeDiscoveryFile(home, mine);
  expect(await readDiscoveryFile(home)).toBeNull();
});
