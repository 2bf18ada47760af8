import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { openRedis } from '#main/db/redis.ts';
import type { OwnImage } from '#main/engines/images.ts';
import { ImageCache } from '#main/features/images/cache.ts';
import { redisCheck } from '#main/features/images/doctor-check.ts';
import { imagesStore } from '#main/features/images/store.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { startRedis, whyNoRedis } from '#test/harness/redis.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { smallDisk, whyNoMount } from '#test/harness/small-disk.ts';

const tag = 'drydock/foundry:0123456789ab';
const images: OwnImage[] = [
  {
    tag,
    kind: 'foundry',
    version: '1.0.0',
    bytes: 1000,
    ownBytes: 700,
    createdAt: 1_700_000_000_000,
    usedBy: [],
  },
];
const hit = { tag, kind: 'foundry', builtInMs: null };

async function folder(): Promise<string> {
  const made = await temporaryFolder();
  onTestFinished(() => made[Symbol.asyncDispose]());
  return made.path;
}

/** The cache of one core on a data folder. */
function core(home: string, url?: string, batchMs?: number) {
  const db = openDb(home);
  let changes = 0;
  let written = 0;
  const redis = openRedis({ url, changed: () => changes++ });
  const store = imagesStore(db);
  const cache = new ImageCache({
    redis,
    store,
    logger: pino({ level: 'silent' }),
    prefix: 'drydock:test:',
    batchMs,
    written: () => written++,
  });
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    cache.writeIfPossible();
    redis.close();
    db.close();
  };
  onTestFinished(close);
  return { cache, redis, store, close, changes: () => changes, written: () => written };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const start = Date.now(); !(await holds()); await sleep(20)) {
    if (Date.now() - start > 60_000) throw new Error('it never came to that');
  }
}

test.skipIf(skipAloud('image numbers on a full disk', whyNoMount()))(
  'what a full disk does not take is written when there is room again',
  async () => {
    using disk = smallDisk(8);
    const { cache, store, written, close } = core(disk.path, undefined, 20);
    const others = (n: number) => ({ ...hit, tag: `drydock/project:${'x'.repeat(4000)}${n}` });
    disk.fill();
    for (let n = 0; n < 100; n++) cache.record(others(n));
    await sleep(100);
    expect(written()).toBe(0);
    expect(store.all()).toEqual([]);
    disk.free();
    cache.record(hit);
    await until(() => written() === 1);
    expect(store.all()).toHaveLength(101);
    close();
  },
);

const noRedis = await whyNoRedis();

const backends = [
  { name: 'embedded', missing: null },
  { name: 'redis', missing: noRedis },
] as const;

describe.each(backends)('the image cache on $name', ({ name, missing }) => {
  const skip = skipAloud(`the image cache on ${name}`, missing);

  async function url(): Promise<string | undefined> {
    if (name === 'embedded') return undefined;
    const server = await startRedis();
    onTestFinished(() => server[Symbol.asyncDispose]());
    return server.url;
  }

  test.skipIf(skip)('counts hits and misses, and what Docker says of the image', async () => {
    const { cache, redis } = core(await folder(), await url());
    const before = Date.now();
    cache.record({ ...hit, builtInMs: 1234 });
    cache.record(hit);
    cache.record(hit);
    const [entry, ...others] = await cache.entries(images);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ tag, kind: 'foundry', present: true, version: '1.0.0' });
    expect(entry).toMatchObject({ bytes: 1000, ownBytes: 700, hits: 2, misses: 1, buildMs: 1234 });
    expect(entry?.lastUsedAt).toBeGreaterThanOrEqual(before);
    expect(redis.state).toMatchObject({ backend: name, problem: null });
  });

  test.skipIf(skip)('the next core finds it all again', async () => {
    const home = await folder();
    const address = await url();
    const first = core(home, address);
    first.cache.record({ ...hit, builtInMs: 5 });
    first.cache.record(hit);
    first.close();
    const [entry] = await core(home, address).cache.entries(images);
    expect(entry).toMatchObject({ hits: 1, misses: 1, buildMs: 5, present: true });
  });

  test.skipIf(skip)('two cores on one data folder see what both have used', async () => {
    const home = await folder();
    const address = await url();
    const [one, two] = [core(home, address), core(home, address)];
    for (let round = 1; round <= 3; round++) {
      one.cache.record(hit);
      two.cache.record(hit);
      one.cache.flush();
      expect((await two.cache.entries(images))[0]?.hits).toBe(round * 2);
      expect((await one.cache.entries(images))[0]?.hits).toBe(round * 2);
    }
  });

  test.skipIf(skip)('an image that was removed behind our back keeps its numbers', async () => {
    const { cache } = core(await folder(), await url());
    cache.record(hit);
    await cache.entries(images);
    expect(await cache.entries([])).toMatchObject([{ tag, present: false, bytes: 0, hits: 1 }]);
    expect(await cache.entries(images)).toMatchObject([{ present: true, bytes: 1000, hits: 1 }]);
  });

  test.skipIf(skip)('without Docker it answers what it knew last', async () => {
    const { cache } = core(await folder(), await url());
    cache.record(hit);
    const before = await cache.entries(images);
    expect(await cache.entries(undefined)).toEqual(before);
  });

  test.skipIf(skip)('many uses are one write, a little later', async () => {
    const { cache, store, written } = core(await folder(), await url(), 50);
    for (let n = 0; n < 1000; n++) cache.record(hit);
    expect(store.all()).toEqual([]);
    await until(() => written() > 0);
    expect(store.all()).toMatchObject([{ tag, hits: 1000 }]);
    expect(written()).toBe(1);
  });
});

describe.skipIf(skipAloud('faults of Redis', noRedis))('a Redis of the user’s', () => {
  test('that is killed and comes back: nothing is lost, and both are said', async () => {
    await using server = await startRedis();
    const { cache, redis, changes } = core(await folder(), server.url);
    cache.record(hit);
    await cache.entries(images);
    expect(redis.state.backend).toBe('redis');
    await server.kill();
    cache.record(hit);
    expect(await cache.entries(images)).toMatchObject([{ hits: 2 }]);
    expect(redis.state).toMatchObject({ backend: 'embedded' });
    expect(redis.state.problem).toMatch(
      /^Redis at redis:\/\/••••@127\.0\.0\.1:\d+ can't be used: /,
    );
    const check = await redisCheck(redis);
    expect(check).toMatchObject({ status: 'warning' });
    expect(JSON.stringify([redis.state, check])).not.toContain(server.password);
    const before = changes();
    await server.start();
    await until(() => redis.state.backend === 'redis');
    expect(changes()).toBeGreaterThan(before);
    expect(redis.state.problem).toBeNull();
    cache.record(hit);
    expect(await cache.entries(images)).toMatchObject([{ hits: 3 }]);
    const raw = new Redis(server.url);
    onTestFinished(() => raw.disconnect());
    expect(await raw.hgetall(`drydock:test:image:${tag}`)).toMatchObject({
      hits: '3',
      bytes: '1000',
    });
    expect(await redisCheck(redis)).toMatchObject({ status: 'ok' });
  });

  test('that somebody empties is filled again; keys of others are left alone', async () => {
    await using server = await startRedis();
    const { cache } = core(await folder(), server.url);
    cache.record(hit);
    await cache.entries(images);
    const raw = new Redis(server.url);
    onTestFinished(() => raw.disconnect());
    await raw.flushall();
    await raw.set('theirs', 'kept');
    expect(await cache.entries(images)).toMatchObject([{ tag, hits: 1 }]);
    await raw.del(`drydock:test:image:${tag}`);
    expect(await cache.entries(images)).toMatchObject([{ tag, hits: 1 }]);
    expect(await raw.get('theirs')).toBe('kept');
    const others = (await raw.keys('*')).filter((key) => !key.startsWith('drydock:test:'));
    expect(others).toEqual(['theirs']);
  });

  test('that hangs holds nobody up for long', async () => {
    await using server = await startRedis();
    const { cache, redis } = core(await folder(), server.url);
    await cache.entries(images);
    server.pause();
    cache.record(hit);
    expect(await cache.entries(images)).toMatchObject([{ hits: 1 }]);
    expect(redis.state.backend).toBe('embedded');
    server.resume();
    await until(async () => {
      await cache.entries(images);
      return redis.state.backend === 'redis';
    });
  });

  test('whose password is wrong is a clear state', async () => {
    await using server = await startRedis();
    const wrong = server.url.replace(server.password, 'not-the-password');
    const home = await folder();
    const { cache, redis, close } = core(home, wrong);
    cache.record(hit);
    expect(await cache.entries(images)).toMatchObject([{ hits: 1 }]);
    expect(redis.state.problem).toMatch(/WRONGPASS|NOAUTH/);
    expect(redis.state.problem).not.toContain('not-the-password');
    close();
    expect(readFileSync(path.join(home, 'drydock.db'), 'latin1')).not.toContain('not-the-password');
  });
});

test.each([
  ['redis://127.0.0.1:1', /ECONNREFUSED/],
  ['localhost:6379', /must begin with redis:\/\//],
])('an address at which nothing answers (%s) leaves the embedded one', async (url, said) => {
  const { cache, redis } = core(await folder(), url);
  cache.record(hit);
  expect(await cache.entries(images)).toMatchObject([{ hits: 1 }]);
  expect(redis.state.backend).toBe('embedded');
  expect(redis.state.problem).toMatch(said);
});
