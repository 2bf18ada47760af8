import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDb } from '#main/db/open.ts';
import { diffText } from '#main/features/history/cli/diff-text.ts';
import type { Service } from '#main/shared/result.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { seedProject, seedRun } from '#test/harness/history.ts';

let core: TestApp;
let client: Client;
let first: number;
let second: number;
let vault: number;

const shop = (release: number, extra: Partial<Service> = {}): Service => ({
  name: 'shop',
  url: `http://127.0.0.1:300${release}`,
  container: `drydock-shop-${release}`,
  containerId: `c0ffee${release}`,
  image: `sha256:${String(release).repeat(64)}`,
  port: 3000 + release,
  health: 'healthy',
  release,
  ...extra,
});

beforeAll(async () => {
  process.env.DOCKER_HOST = 'unix:///nowhere/docker.sock';
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  const db = openDb(core.home);
  try {
    const project = seedProject(db, 'shop');
    first = seedRun(db, project, { live: false, services: [shop(1, { health: 'stopped' })] });
    second = seedRun(db, project, { live: true, services: [shop(2)] });
    vault = seedRun(db, seedProject(db, 'vault'), {
      live: false,
      contracts: [{ name: 'Vault', address: `0x${'a'.repeat(40)}` }],
    });
  } finally {
    db.close();
  }
});

afterAll(() => core?.[Symbol.asyncDispose]());

test('two releases differ in image, address, port and health, and have no facts of a chain', async () => {
  const diff = await client.history.diff({ a: first, b: second });
  expect(diff).toMatchObject({
    services: [
      {
        name: 'shop',
        a: { port: 3001, health: 'stopped' },
        b: { url: 'http://127.0.0.1:3002' },
        changes: ['image', 'url', 'port', 'health'],
      },
    ],
    contracts: [],
    calls: [],
    same: false,
  });
  const names = diff.facts.map(({ name }) => name);
  for (const ofChains of ['chain id', 'gas', 'compiler']) expect(names).not.toContain(ofChains);
  expect(await client.history.diff({ a: first, b: first })).toMatchObject({ same: true });

  const text = stripVTControlCharacters(diffText(diff));
  expect(text).toContain('image, url, port, health');
  expect(text).toContain('http://127.0.0.1:3002, healthy');
  expect(text).not.toContain('CONTRACT');
});

test('runs of two families are held against each other by what each has made', async () => {
  const diff = await client.history.diff({ a: vault, b: second });
  expect(diff).toMatchObject({
    contracts: [{ name: 'Vault', b: null, changes: ['removed'] }],
    services: [{ name: 'shop', a: null, changes: ['added'] }],
    same: false,
  });
});

test('a run is exported as JSON, or as its addresses in .env, and says what else it is not', async () => {
  const json = await client.history.export({ id: second, format: 'json' });
  expect(JSON.parse(json.text)).toMatchObject({ id: second, result: { services: [shop(2)] } });
  const env = await client.history.export({ id: second, format: 'env' });
  expect(env).toEqual({
    name: 'shop-2.env',
    type: 'text/plain',
    text: '# Written by Drydock: shop #2 on docker.\nSHOP_URL=http://127.0.0.1:3002\nSHOP_PORT=3002\n',
  });
  for (const format of ['csv', 'addresses', 'ts'] as const) {
    await expect(client.history.export({ id: second, format })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: `shop #2 on docker can't be had as ${format}. Give one of json, env.`,
      data: { field: 'format' },
    });
  }
});

test('is found by the address and the container of a service', async () => {
  for (const text of ['127.0.0.1:3002', 'drydock-shop-2', 'c0ffee2']) {
    const { hits } = await client.history.search({ text });
    expect(
      hits.map(({ deployment }) => deployment.id),
      text,
    ).toEqual([second]);
  }
});

test('whether it is there is asked of the engine, which may be silent', async () => {
  const check = await client.history.live({ id: second });
  expect(check).toMatchObject({
    ...{ id: second, target: 'docker', live: 'unknown', contracts: [] },
    problem: expect.stringContaining('Docker'),
    services: [{ name: 'shop', health: null }],
  });
});
