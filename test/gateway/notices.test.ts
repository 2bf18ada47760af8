import { watch } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noticesFile, readNotices } from '#main/gateway/control/notices.ts';
import type { GatewayEvent } from '#main/gateway/control/protocol.ts';
import { ServedNode } from '#test/harness/gateway.ts';
import { ask } from '#test/harness/http-ask.ts';

let served: ServedNode;
beforeEach(async () => {
  served = await ServedNode.start();
});
afterEach(() => served[Symbol.asyncDispose]());

const refuse = (origin: string) => ask(served.port, { headers: { origin }, body: '{}' });
const file = () => noticesFile(served.gateway.home);
const written = () => readFile(file(), 'utf8').catch(() => '');
const isWritten = (text: string) =>
  vi.waitFor(async () => expect(await written()).toContain(text), { interval: 20 });

/** What a core hears that knows those up to `after`, up to the notice of a page that asks then. */
async function heard(after: number): Promise<GatewayEvent[]> {
  await refuse('https://last.example');
  const stop = new AbortController();
  const found: GatewayEvent[] = [];
  for await (const event of served.gateway.client.events(after, stop.signal)) {
    found.push(event);
    if ('origin' in event && event.origin === 'https://last.example') break;
  }
  stop.abort();
  return found;
}

const originsOf = (events: readonly GatewayEvent[]) =>
  events.map((event) => ('origin' in event ? event.origin : event.type));

test('what no core has heard is told by the next gateway after a kill, in its order', async () => {
  await refuse('https://one.example');
  await refuse('https://two.example');
  await isWritten('two.example');
  await served.gateway.restart();
  await served.put();
  // It is the same notice still.
  await refuse('https://one.example');
  const all = await heard(0);
  expect(originsOf(all)).toEqual([
    'https://one.example',
    'https://two.example',
    'https://last.example',
  ]);
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => a - b));
});

test('what a core has taken in is not kept, and not told again', async () => {
  await refuse('https://one.example');
  const [first, last] = await heard(0);
  expect(first).toMatchObject({ origin: 'https://one.example' });
  await isWritten('last.example');
  const stop = new AbortController();
  const following = served.gateway.client.events(last?.id ?? 0, stop.signal).next();
  await vi.waitFor(async () => expect(await written()).toBe(''));
  stop.abort();
  await following.catch(() => undefined);
  await served.gateway.restart();
  await served.put();
  await refuse('https://new.example');
  expect(originsOf(await heard(last?.id ?? 0))).toEqual([
    'https://new.example',
    'https://last.example',
  ]);
});

test('a flood is neither written once for each request nor kept without end', async () => {
  const requests = 3000;
  let writes = 0;
  const watching = watch(path.dirname(file()), (_, name) => {
    if (name === path.basename(file())) writes++;
  });
  try {
    for (let at = 0; at < requests; at += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, more) => refuse(`https://p${at + more}.example`)),
      );
    }
    await isWritten(`p${requests - 1}.example`);
  } finally {
    watching.close();
  }
  expect((await written()).split('\n').filter(Boolean)).toHaveLength(1000);
  expect(writes).toBeGreaterThan(0);
  expect(writes).toBeLessThan(requests / 10);
});

test('of a file that is damaged the rest is told, and the gateway serves on', async () => {
  await refuse('https://one.example');
  await refuse('https://two.example');
  await isWritten('two.example');
  await served.gateway.kill();
  const [one = '', two = ''] = (await written()).split('\n');
  const beyond = JSON.stringify({ ...JSON.parse(one), id: Number.MAX_SAFE_INTEGER });
  await writeFile(file(), `${one.slice(0, 40)}\n\0\0\n[]\n${beyond}\n${two}\n${two.slice(0, 30)}`);
  const said: string[] = [];
  expect(readNotices(served.gateway.home, (text) => said.push(text))).toHaveLength(1);
  expect(said).toEqual([`Notices of the gateway are lost: 5 in ${file()} can't be read.`]);
  await served.gateway.restart();
  await served.put();
  expect(originsOf(await heard(0))).toEqual(['https://two.example', 'https://last.example']);
});
