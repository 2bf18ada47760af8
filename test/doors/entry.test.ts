import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { main } from '#main/doors/cli/main.ts';
import { openingAddress, renewTokenOf } from '#main/doors/host/control.ts';
import { findHost } from '#main/doors/host/discovery-file.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { aHost, ask, bearer, cookieOf } from './with-host.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Runs a command line on a data folder, and parses what it prints. */
async function drydock(home: string, ...args: string[]) {
  vi.stubEnv('DRYDOCK_HOME', home);
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  const code = await main([...args, '--json']);
  vi.mocked(process.stdout.write).mockRestore();
  expect(code).toBe(0);
  return JSON.parse(printed);
}

const pathOf = (address: string) => address.slice(new URL(address).origin.length);

describe('a code', () => {
  test('leads one browser in, once, to a cookie of its own', async () => {
    const host = await aHost();
    const at = pathOf(await openingAddress(host));
    const first = await ask(host, at);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    const [cookie = ''] = first.headers['set-cookie']?.[0]?.split(';') ?? [];
    expect((await ask(host, '/api/info', { headers: { cookie } })).status).toBe(200);
    expect(cookie).not.toBe(await cookieOf(host));

    const second = await ask(host, at);
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.text).toContain('rotate-token');
  });

  test('is worth nothing after a minute', async () => {
    const host = await aHost();
    const at = pathOf(await openingAddress(host));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect((await ask(host, at)).status).toBe(401);
  });

  test('is given to the token alone: not to a cookie, not without either', async () => {
    const host = await aHost();
    const code = (headers: Record<string, string>) =>
      ask(host, '/api/host/code', { method: 'POST', headers });
    expect((await code({})).status).toBe(401);
    expect((await code({ cookie: await cookieOf(host) })).status).toBe(404);
    expect((await code(bearer(host))).status).toBe(200);
  });

  const whyNotRoot =
    process.platform === 'linux' && process.getuid?.() === 0
      ? null
      : 'only root can act as another user of this machine';
  test.skipIf(skipAloud('codes and other users', whyNotRoot))(
    'leads no other user of this machine in, and is still good afterwards',
    async () => {
      const host = await aHost();
      const address = await openingAddress(host);
      const script = `fetch(${JSON.stringify(address)}, { redirect: 'manual' }).then((r) => console.log(r.status, r.headers.get('set-cookie')))`;
      const { stdout } = await promisify(execFile)('node', ['-e', script], { uid: 65_534 });
      expect(stdout).toMatch(/403/);
      expect(stdout).not.toContain('drydock-');
      expect((await ask(host, pathOf(address))).status).toBe(303);
    },
  );
});

describe('a new token', () => {
  test('is taken by a running host at once; what came with the old one is refused', async () => {
    const host = await aHost();
    const old = { token: host.token, cookie: await cookieOf(host) };
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers: bearer(host) });
    onTestFinished(() => socket.terminate());
    await once(socket, 'open');
    const code = pathOf(await openingAddress(host));

    const closed = once(socket, 'close');
    const token = await renewTokenOf(host);
    await closed;
    expect(token).not.toBe(old.token);
    expect(readFileSync(path.join(host.app.home, 'run', 'token'), 'utf8')).toBe(token);
    expect(await findHost(host.app.home)).toMatchObject({ port: host.port, token });

    const status = async (at: string, headers: Record<string, string> = {}) =>
      (await ask(host, at, { headers })).status;
    expect(await status('/api/info', { authorization: `Bearer ${old.token}` })).toBe(401);
    expect(await status('/api/info', { cookie: old.cookie })).toBe(401);
    expect(await status(`/?token=${old.token}`)).toBe(401);
    expect(await status(code)).toBe(401);
    expect(await status('/api/info', { authorization: `Bearer ${token}` })).toBe(200);
    expect(await status(`/?token=${token}`)).toBe(303);
  });

  test('is refused while the data folder is moved away: it would be in the way of its return', async () => {
    const host = await aHost();
    const { home } = host.app;
    renameSync(home, `${home}-moved`);
    const renewing = renewTokenOf(host).finally(() => renameSync(`${home}-moved`, home));
    await expect(renewing).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringContaining('was moved or deleted'),
    });
    expect((await ask(host, '/api/info', { headers: bearer(host) })).status).toBe(200);
  });

  test('comes from the command line, with a host and without one', async () => {
    const host = await aHost();
    const before = host.token;
    const renewed = await drydock(host.app.home, 'host', 'rotate-token');
    expect(renewed).toMatchObject({ url: host.url, port: host.port });
    expect(renewed.token).not.toBe(before);
    const headers = { authorization: `Bearer ${renewed.token}` };
    expect((await ask(host, '/api/info', { headers })).status).toBe(200);

    await using folder = await temporaryFolder();
    const alone = await drydock(folder.path, 'host', 'rotate-token');
    expect(alone).toMatchObject({ url: null, port: null });
    expect(readFileSync(path.join(folder.path, 'run', 'token'), 'utf8')).toBe(alone.token);
  });
});

test('the program that opens the browser never sees the token', async () => {
  await using folder = await temporaryFolder();
  const seen = path.join(folder.path, 'seen');
  const browser = path.join(folder.path, 'browser');
  writeFileSync(
    browser,
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${seen}.part\nmv ${seen}.part ${seen}\n`,
    {
      mode: 0o755,
    },
  );
  vi.stubEnv('BROWSER', browser);
  vi.stubEnv('DISPLAY', undefined);
  vi.stubEnv('WAYLAND_DISPLAY', undefined);
  const host = await aHost();
  const printed = await drydock(host.app.home, 'host', '--open');
  expect(printed).toEqual({ url: host.url, port: host.port, token: host.token });

  await vi.waitFor(() => expect(existsSync(seen)).toBe(true), { timeout: 30_000, interval: 50 });
  const address = readFileSync(seen, 'utf8').trim();
  expect(address).toContain(`${host.url}/?code=`);
  expect(address).not.toContain(host.token);
  const { status } = await fetch(address, { redirect: 'manual' });
  expect(status).toBe(303);
});
