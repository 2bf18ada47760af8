import { readFileSync } from 'node:fs';
import os from 'node:os';
import { createRouterClient } from '@orpc/server';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { generatePrivateKey } from 'viem/accounts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openApp } from '#main/app.ts';
import { databaseFile } from '#main/db/database-file.ts';
import { main } from '#main/doors/cli/main.ts';
import { clientOver, openSocket } from '#main/doors/host/connect-to.ts';
import { noted } from '#main/features/audit/noted.ts';
import { allProcedures } from '#test/contract/procedures.ts';
import { openTestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { aHost, ask, bearer, cookieOf } from '../doors/with-host.ts';

/** What changes things that are of no concern to others, and can be done again or taken back. */
const notNoted = [
  ...['accounts.deal', 'accounts.impersonate', 'accounts.stopImpersonating', 'accounts.unwatch'],
  ...['accounts.watch', 'addressBook.remove', 'addressBook.set', 'backups.cancelRestore'],
  ...['backups.remove', 'chainControls.account', 'chainControls.drop', 'chainControls.jump'],
  ...['chainControls.mining', 'chainControls.nextBlock', 'chains.describeSnapshot', 'chains.fund'],
  ...['chains.mine', 'chains.removeSnapshot', 'chains.restart', 'chains.revert', 'chains.save'],
  ...['chains.snapshot', 'chains.start', 'chains.stop', 'chains.warp', 'compileCache.clear'],
  ...['containers.cleanup', 'containers.remove', 'containers.stop'],
  ...['contracts.add', 'contracts.events', 'contracts.pin', 'contracts.read', 'contracts.readMany'],
  ...['contracts.remove', 'contracts.removeCall', 'contracts.runCall', 'contracts.saveCall'],
  ...[
    'contracts.senders',
    'contracts.setStorage',
    'data.check',
    'contracts.simulate',
    'contracts.snippet',
  ],
  ...['data.prune', 'data.setRetention', 'deployDefaults.remove', 'deployDefaults.set'],
  ...['deployments.cancel', 'deployments.dismiss', 'deployments.setLimits', 'deployments.stop'],
  ...['doctor.reconcile', 'environments.read', 'gateway.decide', 'gateway.forget'],
  ...['gateway.mendNonce', 'gateway.setJournal', 'history.note', 'history.pin', 'history.tag'],
  'history.mark',
  ...['images.build', 'images.cleanUp', 'images.clear', 'images.remove', 'networks.edit'],
  ...['networks.move', 'networks.test', 'openIn.dataFolder', 'openIn.project', 'projects.add'],
  ...['projects.edit', 'projects.install', 'projects.move', 'projects.pickFolder'],
  ...['projects.remove', 'projects.setDockerfile', 'projects.setEngine'],
  ...['projects.setToolVersion', 'templates.create', 'terminals.close', 'terminals.open'],
  ...['terminals.resize', 'terminals.write', 'tools.download', 'updates.check'],
  ...['upgrades.check', 'verifications.submit', 'watches.stop', 'webhooks.redeliver'],
  'webhooks.test',
];

async function opened() {
  const app = await openTestApp();
  onTestFinished(() => app[Symbol.asyncDispose]());
  const { client } = await openDoor('in-process', app.app);
  return { ...app, client };
}

const entriesOf = async (client: Client) => (await client.audit.list({ limit: 1000 })).toReversed();

/** Somebody with the file and a tool of their own. */
function tamper(home: string, sql: string): void {
  const db = new Database(databaseFile(home));
  db.exec('DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted');
  db.exec(sql);
  db.close();
}

test('of every operation that changes something it is decided whether it is noted', () => {
  const changing = allProcedures()
    .filter(({ procedure }) => procedure['~orpc'].route.method !== 'GET')
    .map(({ path: names }) => names.join('.'));
  expect([...Object.keys(noted), ...notNoted].sort()).toEqual(changing.sort());
});

test('who has done what is noted, also what was refused, with no secret in it', async () => {
  const { client, home } = await opened();
  const privateKey = generatePrivateKey();
  await client.keys.import({ name: 'deployer', privateKey, password: 'open sesame' });
  await expect(
    client.keys.grant({ name: 'deployer', password: 'close sesame' }),
  ).rejects.toMatchObject({ code: 'WRONG_PASSWORD' });
  await client.networks.save({ name: 'far', kind: 'remote', url: 'https://u:hidden@far.example/' });
  await client.environments.set({
    name: 'API_KEY',
    target: 'far',
    value: 'no-one-may-see',
    secret: true,
  });
  await client.environments.reveal({ name: 'API_KEY', target: 'far' });
  await client.keys.list();
  await expect(client.keys.create({ name: '../up' })).rejects.toMatchObject({ code: 'BAD_INPUT' });

  const entries = await entriesOf(client);
  const { username: user } = os.userInfo();
  expect(entries.map(({ id: _, at: __, hash: ___, previous: ____, ...rest }) => rest)).toEqual(
    [
      { action: 'keys.import', subject: 'deployer', target: null, outcome: 'done', detail: null },
      {
        ...{ action: 'keys.grant', subject: 'deployer', target: null },
        ...{ outcome: 'WRONG_PASSWORD', detail: null },
      },
      { action: 'networks.save', subject: null, target: 'far', outcome: 'done', detail: 'remote' },
      {
        ...{ action: 'environments.set', subject: 'API_KEY', target: 'far' },
        ...{ outcome: 'done', detail: null },
      },
      {
        ...{ action: 'environments.reveal', subject: 'API_KEY', target: 'far' },
        ...{ outcome: 'done', detail: null },
      },
    ].map((one) => ({ door: 'core', user, token: null, review: null, run: null, ...one })),
  );
  expect(await client.audit.verify({})).toMatchObject({ entries: 5, broken: null });

  const stored = JSON.stringify(entries);
  for (const secret of [privateKey, privateKey.slice(2), 'sesame', 'no-one-may-see', 'hidden']) {
    expect(stored).not.toContain(secret);
  }
  expect(readFileSync(databaseFile(home), 'latin1')).not.toContain('sesame');
});

test('each door says which one it is', async () => {
  const host = await aHost();
  const post = (headers: Record<string, string>) =>
    ask(host, '/api/keys/nobody/lock', {
      ...{ method: 'POST', body: '{}' },
      headers: { 'content-type': 'application/json', ...headers },
    });
  const cookie = await cookieOf(host);
  await post(bearer(host));
  await post({ cookie });
  await post({ cookie, 'x-drydock-door': 'cli' });
  await post({ ...bearer(host), 'x-drydock-door': 'browser' });
  for (const door of ['cli', 'window'] as const) {
    const socket = await openSocket(host, door);
    await clientOver(socket)
      .keys.lock({ name: 'nobody' })
      .catch(() => undefined);
    socket.close();
  }
  const { client } = await openDoor('in-process', host.app);
  const entries = await entriesOf(client);
  expect(entries.map(({ door }) => door)).toEqual([
    ...['api', 'browser', 'browser', 'api', 'cli', 'window'],
  ]);
  expect(new Set(entries.map(({ user }) => user))).toEqual(new Set([os.userInfo().username]));
});

test('entries can be neither changed nor deleted', async () => {
  const { client, home } = await opened();
  await client.keys.lock({ name: 'nobody' }).catch(() => undefined);
  const db = new Database(databaseFile(home));
  onTestFinished(() => void db.close());
  expect(() => db.exec("UPDATE audit SET user = 'nobody'")).toThrow('append-only');
  expect(() => db.exec('DELETE FROM audit')).toThrow('append-only');
});

test.each([
  ['changed', "UPDATE audit SET user = 'nobody' WHERE id = 3", 3, 'its content is not'],
  ['left out', 'DELETE FROM audit WHERE id = 3', 4, 'entry 3 is missing'],
  ['cut off', 'DELETE FROM audit WHERE id >= 4', 4, 'it is missing, with all up to 5'],
  [
    'swapped',
    'UPDATE audit SET id = 99 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 99',
    2,
    'its content is not',
  ],
])('an entry that was %s is found', async (_, sql, id, why) => {
  const { client, home } = await opened();
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await client.keys.lock({ name }).catch(() => undefined);
  }
  expect(await client.audit.verify({})).toMatchObject({ entries: 5, broken: null });
  tamper(home, sql);
  const { broken } = await client.audit.verify({});
  expect(broken?.id).toBe(id);
  expect(broken?.why).toContain(why);
});

test('a log that was written anew as a whole differs from what was seen before', async () => {
  const { client, home } = await opened();
  for (const name of ['a', 'b', 'c']) await client.keys.lock({ name }).catch(() => undefined);
  const { head } = await client.audit.verify({});
  tamper(home, "DELETE FROM audit; DELETE FROM sqlite_sequence WHERE name = 'audit'");
  for (const name of ['a', 'c', 'c']) await client.keys.lock({ name }).catch(() => undefined);
  expect((await client.audit.verify({})).broken).toBeNull();
  const known = head as { id: number; hash: string };
  expect((await client.audit.verify({ known })).broken).toMatchObject({ id: 3 });
});

test('several cores write one chain', async () => {
  const { client, home } = await opened();
  const other = await openApp({ home, logger: pino({ enabled: false }) });
  onTestFinished(() => other.close());
  const second: Client = createRouterClient(other.router, { context: other.context });
  const locks = Array.from({ length: 40 }, (_, n) =>
    (n % 2 ? client : second).keys.lock({ name: `key-${n}` }).catch(() => undefined),
  );
  await Promise.all(locks);
  expect(await client.audit.verify({})).toMatchObject({ entries: 40, broken: null });
});

test('the command line lists, checks and exports it', async () => {
  const { client, home } = await opened();
  await client.keys.lock({ name: 'nobody' }).catch(() => undefined);
  await client.networks.save({ name: 'far', kind: 'remote', url: 'https://far.example/' });
  const drydock = async (line: string) => {
    vi.stubEnv('DRYDOCK_HOME', home);
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
  expect((await drydock('audit list --action networks')).stdout).toContain('on far');
  expect((await drydock('audit list --action keys')).stdout).not.toContain('far');
  const csv = (await drydock('audit export')).stdout.split('\r\n');
  expect(csv).toHaveLength(3);
  expect(csv[0]).toBe(
    'id,at,door,user,token,action,subject,target,review,run,outcome,detail,previous,hash',
  );
  const all = JSON.parse((await drydock('audit export --json')).stdout);
  expect(all).toEqual(await entriesOf(client));

  const { code, stdout } = await drydock('audit verify');
  expect(code).toBe(0);
  const [head = ''] = /\d+:[0-9a-f]{64}/.exec(stdout) ?? [];
  expect(head).toBe(`2:${all[1].hash}`);
  tamper(home, "UPDATE audit SET door = 'window' WHERE id = 1");
  const broken = await drydock(`audit verify --known ${head}`);
  expect(broken.code).toBe(1);
  expect(broken.stdout).toContain('broken at entry 1');
});
