import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { headline } from '#main/features/events/contract/words.ts';
import type { Event } from '#main/features/events/contract.ts';
import { eventsService } from '#main/features/events/service.ts';
import { eventsStore } from '#main/features/events/store.ts';
import type { AddInput, Delivery } from '#main/features/webhooks/contract.ts';
import type { DeliveryTiming } from '#main/features/webhooks/dispatcher.ts';
import { bodyOf } from '#main/features/webhooks/message.ts';
import { webhooksService } from '#main/features/webhooks/service.ts';
import { webhooksStore } from '#main/features/webhooks/store.ts';
import { DataKey } from '#main/lib/secrets/data-key.ts';
import { KnownSecrets } from '#main/lib/secrets/known-secrets.ts';
import { openTestApp } from '#test/harness/app.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';

interface Got {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Reply = (got: Got, response: ServerResponse, nth: number) => void;

const ok: Reply = (_, response) => response.end('thanks');

/** A real receiver; what it does is decided by each test. */
async function receiver(reply: Reply = ok) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      got.push(one);
      reply(one, response, got.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

/** An address at which nothing listens. */
const nobody = async () => `http://127.0.0.1:${await freePort()}/none`;

const fast: DeliveryTiming = {
  timeoutMs: 20_000,
  firstRetryMs: 10,
  longestRetryMs: 100,
  attempts: 3,
  graceMs: 300,
};

async function home(): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return folder.path;
}

/** Events and webhooks on a data folder, as a core has them. */
function core(folder: string, timing: Partial<DeliveryTiming> = {}) {
  const db = openDb(folder);
  const events = eventsService({ store: eventsStore(db), changed: () => undefined });
  const webhooks = webhooksService({
    store: webhooksStore(db),
    logger: pino({ level: 'silent' }),
    seal: new DataKey(folder),
    secrets: new KnownSecrets(),
    eventsAfter: events.after,
    onEvent: events.listen,
    lastSeq: events.lastSeq,
    changed: () => undefined,
    userAgent: 'Drydock/test',
    timing: { ...fast, ...timing },
  });
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    await webhooks.close();
    events.close();
    db.close();
  };
  onTestFinished(close);
  return {
    events,
    webhooks,
    close,
    /** Something happens. */
    happen: (network: string) => events.emit({ type: 'network.saved', network, kind: 'local' }),
    add: (input: Partial<AddInput> & { url: string }) =>
      webhooks.add({ name: 'mine', format: 'json', types: null, ...input }),
    log: () => webhooks.deliveries({ limit: 500 }),
  };
}

async function until<T>(read: () => T | Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (const start = Date.now(); ; await sleep(10)) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() - start > 60_000) throw new Error(`never came: ${JSON.stringify(value)}`);
  }
}

const allOver = (deliveries: Delivery[]) =>
  deliveries.length > 0 && deliveries.every((d) => d.endedAt !== null);

test('a delivery carries the event and a signature that the receiver can check', async () => {
  const { got, url } = await receiver();
  const { add, happen, log } = core(await home());
  const { secret } = add({ url });
  happen('one');
  const [delivery] = await until(log, allOver);
  expect(delivery).toMatchObject({
    status: 'delivered',
    attempts: 1,
    responseCode: 200,
    response: 'thanks',
    problem: null,
    type: 'network.saved',
  });
  const [request] = got as [Got];
  expect(JSON.parse(request.body)).toMatchObject({
    event: { type: 'network.saved', network: 'one', seq: delivery?.eventSeq },
    title: 'The network one was saved',
  });
  const [, seconds, given] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['x-drydock-signature'])) ?? [];
  const digest = createHmac('sha256', String(secret)).update(`${seconds}.${request.body}`);
  expect(given).toBe(digest.digest('hex'));
  expect(request.headers).toMatchObject({
    'content-type': 'application/json',
    'x-drydock-event': 'network.saved',
    'x-drydock-delivery': String(delivery?.id),
  });
});

test('only chosen events since it was added are delivered, in order', async () => {
  const { got, url } = await receiver();
  const { add, happen, log, events, webhooks } = core(await home());
  happen('before');
  add({ url, types: ['network.removed', 'chain.stopped'] });
  happen('saved');
  events.emit({ type: 'network.removed', network: 'a' });
  events.emit({ type: 'chain.stopped', chain: 'b' });
  await until(log, (all) => all.length === 2 && allOver(all));
  expect(got.map((g) => JSON.parse(g.body).event.type)).toEqual([
    'network.removed',
    'chain.stopped',
  ]);

  webhooks.update({ webhook: 'mine', enabled: false });
  events.emit({ type: 'chain.stopped', chain: 'while off' });
  webhooks.update({ webhook: 'mine', enabled: true });
  events.emit({ type: 'chain.stopped', chain: 'on again' });
  await until(log, (all) => all.length === 3 && allOver(all));
  expect(JSON.parse(got.at(-1)?.body ?? '').event.chain).toBe('on again');
});

test('one that fails is tried again, and given up after its attempts; redeliver starts over', async () => {
  let works = false;
  const { got, url } = await receiver((_, response) => {
    response.statusCode = works ? 204 : 503;
    response.end(works ? undefined : 'busy');
  });
  const { add, happen, log, webhooks } = core(await home());
  add({ url });
  happen('one');
  const [failed] = await until(log, allOver);
  expect(failed).toMatchObject({
    status: 'failed',
    attempts: 3,
    responseCode: 503,
    response: 'busy',
    problem: 'It answered 503.',
    nextAt: null,
  });
  expect(new Set(got.map((g) => g.headers['x-drydock-delivery'])).size).toBe(1);
  expect(new Set(got.map((g) => g.body)).size).toBe(1);
  expect(webhooks.list()[0]).toMatchObject({ failed: 1, waiting: 0 });
  works = true;
  webhooks.redeliver(failed?.id as number);
  const [again] = await until(log, (all) => all[0]?.status === 'delivered');
  expect(again).toMatchObject({ id: failed?.id, attempts: 1, responseCode: 204 });
  expect(got).toHaveLength(4);
});

test('a receiver that hangs, and one that is not there, hold up neither us nor the others', async () => {
  const hanging = await receiver(() => undefined);
  const good = await receiver();
  const { add, happen, log, close } = core(await home(), { timeoutMs: 400 });
  add({ name: 'hangs', url: hanging.url });
  add({ name: 'absent', url: await nobody() });
  add({ name: 'good', url: good.url });
  for (let i = 0; i < 20; i++) happen(`n${i}`);
  await until(
    () => log().filter((d) => d.webhook.name === 'good'),
    (all) => all.length === 20 && allOver(all),
  );
  expect(log().filter((d) => d.webhook.name === 'hangs' && d.endedAt !== null)).toEqual([]);
  const hung = await until(
    () => log().find((d) => d.webhook.name === 'hangs' && d.problem !== null),
    (d) => d !== undefined,
  );
  expect(hung?.problem).toBe('It did not answer within 0.4 s.');
  const absent = await until(
    () => log().find((d) => d.webhook.name === 'absent' && d.status === 'failed'),
    (d) => d !== undefined,
  );
  expect(absent?.problem).toContain('ECONNREFUSED');
  await close();
});

test('a redirect is not followed, and takes the signature nowhere', async () => {
  const other = await receiver();
  const first = await receiver((_, response) => {
    response.writeHead(307, { location: `${other.url}?key=very-secret-key` });
    response.end();
  });
  const { add, webhooks } = core(await home());
  add({ url: first.url });
  const delivery = await webhooks.test('mine');
  expect(delivery).toMatchObject({ status: 'failed', responseCode: 307 });
  expect(delivery.problem).toMatch(/redirect to http:\/\/127\.0\.0\.1:\d+\/hook\?•+/);
  expect(other.got).toEqual([]);
});

test('a body without an end: the answer counts, and 1 KB of it is kept', async () => {
  const { url } = await receiver((_, response) => {
    response.write('é'.repeat(600));
    setInterval(() => response.write('x'), 20).unref();
  });
  const { add, webhooks } = core(await home());
  add({ url });
  const delivery = await webhooks.test('mine');
  expect(delivery).toMatchObject({ status: 'delivered', responseCode: 200 });
  expect(delivery.response).toMatch(/^é+$/);
  expect(Buffer.byteLength(delivery.response ?? '')).toBeLessThanOrEqual(1024);
});

test('the receiver says when to come back, or that it wants no more', async () => {
  const { got, url } = await receiver((_, response, nth) => {
    response.statusCode = nth === 1 ? 429 : 410;
    response.setHeader('retry-after', '7');
    response.end();
  });
  const { add, happen, log } = core(await home(), { longestRetryMs: 60_000 });
  add({ url });
  happen('one');
  const [later] = await until(log, (all) => all[0]?.responseCode === 429);
  expect(later).toMatchObject({ status: 'waiting', attempts: 1 });
  expect(later?.nextAt).toBeGreaterThanOrEqual((later?.createdAt as number) + 7000);

  const gone = core(await home());
  gone.add({ url });
  gone.happen('two');
  expect((await until(gone.log, allOver))[0]).toMatchObject({ status: 'failed', attempts: 1 });
  expect(got).toHaveLength(2);
});

test('what a core could not deliver, the next one does', async () => {
  let up = false;
  const { got, url } = await receiver((_, response) => {
    if (up) response.end();
  });
  const folder = await home();
  const first = core(folder, { timeoutMs: 30_000, graceMs: 50 });
  first.add({ url });
  for (let i = 0; i < 5; i++) first.happen(`n${i}`);
  await until(
    () => got.length,
    (n) => n === 1,
  );
  await first.close();
  up = true;
  const second = core(folder);
  const all = await until(second.log, (d) => d.length === 5 && allOver(d));
  expect(all.every((d) => d.status === 'delivered' && d.attempts === 1)).toBe(true);
});

test('what a killed core was sending is sent again once its claim has run out', async () => {
  const { got, url } = await receiver(() => undefined);
  const folder = await home();
  const first = core(folder, { timeoutMs: 30_000, graceMs: 10 });
  first.add({ url });
  first.happen('one');
  await until(
    () => got.length,
    (n) => n === 1,
  );
  await first.close();
  const db = openDb(folder);
  const store = webhooksStore(db);
  const now = Date.now();
  const [row] = store.list({}, 1);
  // As a kill leaves it: claimed, and nobody there to settle it.
  expect(store.claim(row?.id as number, now, now + 500)).toBe(true);
  expect(store.claim(row?.id as number, now, now + 500)).toBe(false);
  db.close();
  const next = await receiver();
  const second = core(folder);
  second.webhooks.update({ webhook: 'mine', url: next.url });
  const [delivery] = await until(second.log, allOver);
  expect(delivery).toMatchObject({ status: 'delivered', attempts: 2 });
  expect(next.got.map((g) => g.body)).toEqual(got.map((g) => g.body));
});

test('two cores on one data folder deliver each event once', async () => {
  const { got, url } = await receiver((_, response) => void setTimeout(() => response.end(), 5));
  const folder = await home();
  const one = core(folder);
  const two = core(folder);
  one.add({ url });
  for (let i = 0; i < 15; i++) {
    one.happen(`one ${i}`);
    two.happen(`two ${i}`);
  }
  const all = await until(one.log, (d) => d.length === 30 && allOver(d));
  expect(all.every((d) => d.attempts === 1)).toBe(true);
  expect(new Set(got.map((g) => JSON.parse(g.body).event.network)).size).toBe(30);
  expect(got).toHaveLength(30);
});

test('a receiver that asks for a pause gets nothing until then, in the next core too', async () => {
  const { got, url } = await receiver((one, response) => {
    if (one.headers['x-drydock-event'] !== 'webhook.test') {
      response.statusCode = 503;
      response.setHeader('retry-after', new Date(Date.now() + 40_000).toUTCString());
    }
    response.end();
  });
  const folder = await home();
  const first = core(folder, { longestRetryMs: 60_000 });
  first.add({ url });
  first.happen('one');
  await until(first.log, (all) => all[0]?.responseCode === 503);
  first.happen('two');
  await until(first.log, (all) => all.length === 2);
  await first.close();

  const second = core(folder, { longestRetryMs: 60_000 });
  second.happen('three');
  const waiting = await until(second.log, (all) => all.length === 3);
  for (const { nextAt } of waiting) expect((nextAt as number) - Date.now()).toBeGreaterThan(20_000);
  // What the user asks for is sent at once.
  expect(await second.webhooks.test('mine')).toMatchObject({ status: 'delivered' });
  expect(got).toHaveLength(2);
  second.webhooks.redeliver(waiting[0]?.id as number);
  await until(second.log, (all) => all.some((d) => d.id === waiting[0]?.id && d.attempts > 0));
});

test('address and secret are sealed on disk, and masked wherever they are shown', async () => {
  const key = 'T0123456789-very-secret-path-segment';
  const { url } = await receiver((got, response) => {
    response.statusCode = 500;
    const padding = 'x'.repeat(1010);
    response.end(`the key ${got.path.slice(1)} is unknown ${padding} ${got.path}`);
  });
  const folder = await home();
  const { add, webhooks, close } = core(folder);
  const secret = 'a secret of my own';
  const added = add({ url: `${url}/${key}`, secret });
  expect(added.secret).toBe(secret);
  const delivery = await webhooks.test('mine');
  const shown = JSON.stringify([webhooks.list(), delivery.problem]);
  expect(shown).not.toContain(key);
  expect(shown).not.toContain(secret);
  expect(delivery.response).toContain('the key hook/•••• is unknown');
  expect(delivery.response).not.toContain(key.slice(0, 8));
  await close();
  for (const file of ['drydock.db', 'drydock.db-wal']) {
    const raw = await Promise.resolve()
      .then(() => readFileSync(path.join(folder, file), 'latin1'))
      .catch(() => '');
    expect(raw).not.toContain(key.slice(0, 8));
    expect(raw).not.toContain(secret);
  }
});

test('Slack and Discord get text in their way, without calling anybody', () => {
  const event: Event = {
    seq: 1,
    at: 0,
    type: 'deployment.ended',
    deployment: {
      id: 1,
      number: 7,
      project: { id: 1, name: '<!channel> & co' },
      target: 'local',
      title: 'Deploy',
    },
    status: 'failed',
    failure: { code: 'X', message: 'It broke.' },
    durationMs: 1200,
    summary: null,
  };
  expect(headline(event).tone).toBe('bad');
  expect(JSON.parse(bodyOf('slack', event))).toEqual({
    text: '*&lt;!channel&gt; &amp; co #7 failed on local*\nIt broke.',
  });
  expect(JSON.parse(bodyOf('discord', event))).toEqual({
    content: '**<!channel> & co #7 failed on local**\nIt broke.',
    allowed_mentions: { parse: [] },
  });
});

test('a deploy tells its webhook, through a whole core', async () => {
  const { got, url } = await receiver();
  await using app = await openTestApp();
  const { client } = await openDoor('in-process', app.app);
  await using fixture = await copyFixture('token-vault', { compiled: true });
  await client.webhooks.add({ name: 'ends', url, types: ['deployment.ended'] });
  await expect(client.webhooks.add({ name: 'ends', url })).rejects.toMatchObject({
    code: 'NAME_TAKEN',
  });
  await expect(client.webhooks.add({ name: 'x', url: 'ftp://x' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'vault' });
  const { id } = await client.deployments.start({ project, target: 'local' });
  await until(
    () => got.length,
    (n) => n === 1,
  );
  expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({
    event: { deployment: { id }, status: 'succeeded', summary: { contractCount: 3 } },
    title: 'vault #1 succeeded on local',
  });
  await client.webhooks.remove({ webhook: 'ends' });
  expect(await client.webhooks.list()).toEqual([]);
  expect(await client.webhooks.deliveries({})).toEqual([]);
}, 120_000);
