import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import WebSocket from 'ws';
import type { App } from '#main/app.ts';
import { databaseFile } from '#main/db/database-file.ts';
import { main } from '#main/doors/cli/main.ts';
import { simpleContract } from '#main/doors/host/legacy/contract.ts';
import { plainScopes } from '#main/doors/host/legacy/needed-scopes.ts';
import { neededScopes } from '#main/doors/host/needed-scopes.ts';
import type { Host } from '#main/doors/host/start-host.ts';
import { type Scope, scopes } from '#main/shared/scope.ts';
import { allProcedures } from '#test/contract/procedures.ts';
import { openTestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { SecretsHunt } from '#test/harness/secrets-hunt/hunt.ts';
import { aHost, ask, bearer, cookieOf } from './with-host.ts';

async function opened(options: Parameters<typeof aHost>[0] = {}, core?: App) {
  const host = await aHost(options, core);
  const { client } = await openDoor('in-process', host.app);
  const tokenOf = async (scope: Scope, name: string = scope) =>
    (await client.tokens.create({ name, scope })).token;
  return { host, client, tokenOf };
}

async function call(host: Host, token: string, pathname: string, body?: object) {
  const { status, text } = await ask(host, pathname, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  return { status, code: status === 200 ? null : JSON.parse(text).code };
}

const REFUSED = { status: 403, code: 'SCOPE_NEEDED' };
const SERVED = { status: 200, code: null };

async function socketWith(host: Host, headers: Record<string, string>) {
  const socket = new WebSocket(`${host.url.replace('http', 'ws')}/rpc`, { headers });
  onTestFinished(() => socket.close());
  await once(socket, 'open');
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { socket, client: createORPCClient<Client>(link) };
}

test('every operation that changes something has a scope', () => {
  const changing = [...allProcedures(), ...allProcedures(simpleContract)]
    .filter(({ procedure }) => procedure['~orpc'].route.method !== 'GET')
    .map(({ path }) => path.join('.'));
  const table = { ...neededScopes, ...plainScopes };
  const missing = changing.filter((name) => !(name in table));
  expect(missing).toEqual([]);
});

test('a token that is used, refused and revoked is nowhere but with its user', async () => {
  await using core = await openTestApp();
  const hunt = await SecretsHunt.begin(core);
  const { host, client, tokenOf } = await opened({}, core.app);
  const names = ['used', 'revoked'] as const;
  const [token, revoked] = await Promise.all(names.map((name) => tokenOf('read', name)));
  for (const [i, one] of [token, revoked].entries()) {
    hunt.keep(`the ${names[i]} token`, one as string);
    hunt.keep(`the secret of the ${names[i]} token`, `${one}`.split('_').at(-1) as string);
  }
  expect(await call(host, `${token}`, '/api/networks')).toEqual(SERVED);
  const { client: socket } = await socketWith(host, { authorization: `Bearer ${token}` });
  await socket.networks.list();
  const refused = await call(host, `${token}`, '/api/tokens', { name: 'more', scope: 'admin' });
  expect(refused).toEqual(REFUSED);
  await client.tokens.revoke({ name: 'revoked' });
  expect(await call(host, `${revoked}`, '/api/networks')).toMatchObject({ status: 401 });
  await hunt.end({ tokens: await client.tokens.list() });
}, 60_000);

test('a token is told once, and only its hash is kept', async () => {
  const { host, client, tokenOf } = await opened();
  const token = await tokenOf('read', 'ci');
  expect(JSON.stringify(await client.tokens.list())).not.toContain(token.slice(-20));
  expect(await client.tokens.list()).toMatchObject([
    { name: 'ci', scope: 'read', expired: false, usedAt: null },
  ]);
  const secret = token.split('_').slice(2).join('_');
  for (const file of ['', '-wal']) {
    const text = readFileSync(`${databaseFile(host.app.home)}${file}`, 'latin1');
    expect(text).not.toContain(secret);
  }
  expect(await call(host, token, '/api/projects')).toEqual(SERVED);
  expect((await client.tokens.list())[0]?.usedAt).toBeGreaterThan(0);
  await expect(tokenOf('read', 'CI')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
});

test('a token may do what its scope holds, and its calls are noted with its name', async () => {
  const { host, client, tokenOf } = await opened();
  await client.networks.save({ name: 'far', kind: 'remote', url: 'http://127.0.0.1:9/' });
  const calls: [string, object | undefined, Scope][] = [
    ['/api/projects', undefined, 'read'],
    ['/networks', undefined, 'read'],
    ['/api/compile-cache/clear', {}, 'deploy'],
    ['/api/reviews/1/reject', {}, 'live'],
    ['/api/keys/nobody/lock', {}, 'live'],
    ['/api/keys', { name: 'deployer' }, 'admin'],
    ['/api/tokens', undefined, 'admin'],
    ['/api/audit', undefined, 'admin'],
    ['/api/terminals', undefined, 'admin'],
  ];
  for (const scope of scopes) {
    const token = await tokenOf(scope);
    for (const [pathname, body, needed] of calls) {
      const { status, code } = await call(host, token, pathname, body);
      const isRefused = status === 403 && code === 'SCOPE_NEEDED';
      const may = scopes.indexOf(scope) >= scopes.indexOf(needed);
      expect(`${scope} ${pathname} ${isRefused}`).toBe(`${scope} ${pathname} ${!may}`);
    }
  }
  const noted = (await client.audit.list({ action: 'keys.lock' })).toReversed();
  expect(noted.map(({ door, token, outcome }) => `${door} ${token} ${outcome}`)).toEqual([
    'api read SCOPE_NEEDED',
    'api deploy SCOPE_NEEDED',
    'api live KEY_NOT_FOUND',
    'api admin KEY_NOT_FOUND',
  ]);
});

test('where others see it, and where a folder is trusted, a deploy needs more', async () => {
  const { host, client, tokenOf } = await opened();
  const fixture = await copyFixture('token-vault');
  onTestFinished(() => fixture[Symbol.asyncDispose]());
  await client.networks.save({ name: 'far', kind: 'remote', url: 'http://127.0.0.1:9/' });
  await client.projects.add({ path: fixture.folder, kind: 'foundry', name: 'vault' });
  const deploy = await tokenOf('deploy');
  const live = await tokenOf('live');
  const start = (token: string, more: object) =>
    call(host, token, '/api/deployments', { project: 'vault', target: 'local', ...more });
  expect(await start(deploy, { target: 'far' })).toEqual(REFUSED);
  expect(await start(live, { target: 'far' })).not.toEqual(REFUSED);
  expect(await start(deploy, { trust: true })).toEqual(REFUSED);
  expect(await start(live, { trust: true })).toEqual(REFUSED);
  const publish = { path_url: fixture.folder, framework: 'foundry', network: 'far' };
  expect(await call(host, deploy, '/publish', publish)).toEqual(REFUSED);

  expect(await start(deploy, {})).toEqual(SERVED);
  const [run] = (await client.deployments.list({})).items;
  const id = run?.id as number;
  const retry = `/api/deployments/${id}/retry`;
  expect(await call(host, deploy, retry, { changes: { target: 'far' } })).toEqual(REFUSED);
  await client.deployments.cancel({ id }).catch(() => undefined);
});

test('a token that has expired or was revoked is refused, and what goes on with it ends', async () => {
  const { host, client, tokenOf } = await opened();
  const [brief, gone] = [await tokenOf('read', 'brief'), await tokenOf('read', 'gone')];
  const open = await socketWith(host, { authorization: `Bearer ${brief}` });
  const cut = await socketWith(host, { authorization: `Bearer ${gone}` });
  const changes = await cut.client.app.changes();
  await changes.next();

  const db = new Database(databaseFile(host.app.home));
  db.prepare("UPDATE api_tokens SET expires_at = ? WHERE name = 'brief'").run(Date.now() - 1);
  db.close();
  expect(await call(host, brief, '/api/projects')).toMatchObject({ status: 401 });
  await expect(open.client.projects.list()).rejects.toMatchObject({ code: 'SCOPE_NEEDED' });
  expect(await client.tokens.list()).toMatchObject([{ name: 'brief', expired: true }, {}]);

  const closed = once(cut.socket, 'close');
  await client.tokens.revoke({ name: 'gone' });
  await closed;
  expect(await call(host, gone, '/api/projects')).toMatchObject({ status: 401 });
  expect((await client.tokens.list()).map(({ name }) => name)).toEqual(['brief']);
});

test('wrong tries lock one token, and no other', async () => {
  const { host, tokenOf } = await opened({ limits: { failuresPerMinute: 3 } });
  const [one, other] = [await tokenOf('read', 'one'), await tokenOf('read', 'other')];
  const wrong = `${one.slice(0, -4)}AAAA`;
  for (let n = 0; n < 3; n += 1) {
    expect(await call(host, wrong, '/api/projects')).toMatchObject({ status: 401 });
  }
  expect(await call(host, one, '/api/projects')).toMatchObject({ status: 429 });
  expect(await call(host, other, '/api/projects')).toEqual(SERVED);
  expect(await call(host, host.token, '/api/projects')).toEqual(SERVED);
});

test('each token has its own count of requests', async () => {
  const { host, tokenOf } = await opened({ limits: { requestsPerSecond: 5 } });
  const [busy, calm] = [await tokenOf('read', 'busy'), await tokenOf('read', 'calm')];
  const statuses = await Promise.all(
    Array.from({ length: 60 }, async () => (await call(host, busy, '/api/projects')).status),
  );
  expect(statuses).toContain(429);
  expect(await call(host, calm, '/api/projects')).toEqual(SERVED);
});

test('a token with a name opens no page and gives out no code', async () => {
  const { host, tokenOf } = await opened();
  const token = await tokenOf('admin');
  expect((await ask(host, `/?token=${token}`)).status).toBe(401);
  for (const what of ['code', 'token']) {
    const { status } = await call(host, token, `/api/host/${what}`, {});
    expect(status).toBe(404);
  }
});

test('sessions of browsers are listed and ended one by one', async () => {
  const { host, client } = await opened();
  const [first, second] = [await cookieOf(host), await cookieOf(host)];
  const info = (cookie: string) => ask(host, '/api/info', { headers: { cookie } });
  expect((await info(first)).status).toBe(200);
  expect(await client.tokens.sessions()).toHaveLength(2);
  const page = await socketWith(host, { cookie: first });
  const closed = once(page.socket, 'close');
  const oldest = (await client.tokens.sessions()).toSorted((a, b) => a.id - b.id)[0];
  await client.tokens.endSession({ id: oldest?.id as number });
  await closed;
  expect((await info(first)).status).toBe(401);
  expect((await info(second)).status).toBe(200);
  expect(await client.tokens.sessions()).toHaveLength(1);

  await ask(host, '/api/host/token', { method: 'POST', headers: bearer(host) });
  expect(await client.tokens.sessions()).toEqual([]);
  expect((await client.audit.list({ limit: 1 }))[0]).toMatchObject({
    ...{ action: 'host.renewToken', door: 'api', outcome: 'done' },
  });
});

test('the command line makes, lists and revokes tokens', async () => {
  const { host, client } = await opened();
  const drydock = async (line: string) => {
    vi.stubEnv('DRYDOCK_HOME', host.app.home);
    let stdout = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      stdout += text;
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const code = await main(line.split(' '));
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    return { code, stdout };
  };
  const { stdout } = await drydock('token create ci --scope deploy --no-expiry');
  const [token = ''] = stdout.split('\n');
  expect(await call(host, token, '/api/projects')).toEqual(SERVED);
  expect(await client.tokens.list()).toMatchObject([
    { name: 'ci', scope: 'deploy', expiresAt: null },
  ]);
  expect((await drydock('token list')).stdout).toMatch(/ci +deploy/);
  expect((await drydock('token revoke ci --json')).code).toBe(0);
  expect((await drydock('token revoke ci')).code).toBe(2);
  expect(await call(host, token, '/api/projects')).toMatchObject({ status: 401 });
  const made = (await client.audit.list({ action: 'tokens.create' }))[0];
  expect(made).toMatchObject({ door: 'cli', subject: 'ci', detail: 'scope deploy' });
});
