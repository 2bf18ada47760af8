import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import { GatewayClient } from '#main/gateway/control/client.ts';
import { openTestApp } from '#test/harness/app.ts';
import { type KeyedUpstream, keyedUpstream } from '#test/harness/keyed-upstream.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { smallDisk, whyNoMount } from '#test/harness/small-disk.ts';

const cleanups: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function open(home: string, follow = true) {
  const { app, ...core } = await openTestApp({ home, follow });
  cleanups.push(() => core[Symbol.asyncDispose]());
  return createRouterClient(app.router, { context: app.context });
}
type Client = Awaited<ReturnType<typeof open>>;

const KEY = { name: 'authorization', value: `Bearer ${'k3y'.repeat(1500)}` };

/** A fork of the chain `local`, which wants a header. */
async function saveFork(client: Client): Promise<KeyedUpstream> {
  const { rpcUrl } = await client.chains.start({ chain: 'local' });
  const upstream = await keyedUpstream(rpcUrl as string, KEY);
  cleanups.push(() => upstream[Symbol.asyncDispose]());
  const headers = { [KEY.name]: KEY.value };
  await client.networks.save({ name: 'keyed', kind: 'fork', url: upstream.url, headers });
  return upstream;
}

let lastAddress = 0;
const readThrough = (url: string | null) =>
  rpc(url as string, 30_000)('eth_getBalance', [
    `0x${(++lastAddress).toString(16).padStart(40, 'd')}`,
    'latest',
  ]);

/** Processes of anvil that were started for a chain of this data folder. */
const anvilsOf = (home: string, chain: string): string[] =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('anvil') && line.includes(path.join(home, 'chains', chain)));

describe.skipIf(skipAloud('full disks', whyNoMount()))('a full disk', () => {
  test('that can not record a fork with its sealed upstream leaves neither its anvil nor what passes its questions on', async () => {
    using small = smallDisk(40);
    await using _ = { [Symbol.asyncDispose]: async () => small.free() };
    const home = path.join(small.path, 'data');
    const client = await open(home);
    await saveFork(client);
    await client.chains.start({ chain: 'keyed' });
    await client.chains.stop({ chain: 'keyed' });
    const gateway = new GatewayClient(home);
    const saveMany = async () => {
      for (let i = 0; i < 3000; i++) {
        const url = `https://rpc.example.org/${'x'.repeat(1500)}`;
        await client.networks.save({ name: `n${i}`, kind: 'remote', url });
      }
    };
    small.fill();
    await expect(saveMany()).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
    for (const room of [4, 8, 12, 16]) {
      // Room for the files of anvil, not for the record.
      small.fill(room * 1024);
      const said = await client.chains.start({ chain: 'keyed' }).then(
        () => null,
        (error: unknown) => error,
      );
      if (said === null) break;
      expect(anvilsOf(home, 'keyed')).toEqual([]);
      expect((await gateway.status()).upstreams).toEqual([]);
    }
    small.free();
    const { rpcUrl } = await client.chains.start({ chain: 'keyed' });
    await readThrough(rpcUrl);
    for (const chain of ['keyed', 'local']) await client.chains.stop({ chain });
    await vi.waitFor(async () => expect(await gateway.status().catch(() => null)).toBeNull());
  });
});
