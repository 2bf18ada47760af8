import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { App } from '#main/app.ts';
import { rpc } from '#main/eth/rpc.ts';
import type { Chain } from '#main/features/chains/contract.ts';
import { GatewayClient } from '#main/gateway/control/client.ts';
import { dataFolder, openTestApp } from '#test/harness/app.ts';
import type { openDoor } from '#test/harness/doors.ts';
import { gatewaysOf } from '#test/harness/gateway-processes.ts';
import { startHostProcess } from '#test/harness/host-process.ts';
import { type KeyedUpstream, keyedUpstream } from '#test/harness/keyed-upstream.ts';
import { killChain } from '#test/harness/kill-chain.ts';

const SECRET = 'k3y-0f-a-pr0vider-7Qe93xPbV2';
const headers = { authorization: `Bearer ${SECRET}` };

const cleanups: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const clientOf = (app: App) => createRouterClient(app.router, { context: app.context });
type Client = Pick<
  Awaited<ReturnType<typeof openDoor>>['client'],
  'chains' | 'networks' | 'settings'
>;

async function open(home?: string, follow = true) {
  const opened = await openTestApp({ home, follow });
  cleanups.push(() => opened[Symbol.asyncDispose]());
  return { ...opened, client: clientOf(opened.app), gateway: new GatewayClient(opened.home) };
}

let lastAddress = 0;
/** One that nobody has asked for yet: the fork must ask its upstream. */
const unread = () => `0x${(++lastAddress).toString(16).padStart(4, '0').padStart(40, 'c')}`;

/** What the fork has to ask its upstream for. */
const readThrough = (url: string) => rpc(url, 30_000)('eth_getBalance', [unread(), 'latest']);

/** A node with an account that it has given some ether, behind a server that wants a header. */
async function upstreamOf(client: Client): Promise<KeyedUpstream> {
  const local = await client.chains.start({ chain: 'local' });
  await client.chains.mine({ chain: 'local', blocks: 7 });
  const [name, value] = ['authorization', headers.authorization];
  const upstream = await keyedUpstream(local.rpcUrl as string, { name, value });
  cleanups.push(() => upstream[Symbol.asyncDispose]());
  return upstream;
}

async function forked(client: Client) {
  const upstream = await upstreamOf(client);
  await client.networks.save({ name: 'keyed', kind: 'fork', url: upstream.url, headers });
  const chain = await client.chains.start({ chain: 'keyed' });
  return { upstream, chain, rpcUrl: chain.rpcUrl as string };
}

const gone = (pid: number) => vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(/ESRCH/));

const note = async (client: Client) => (await client.chains.get({ chain: 'keyed' })).note;

/** All that other users of the machine, or whoever reads the data folder, can see. */
async function seen(home: string, chain: Chain): Promise<string> {
  const commands = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
  const own = chain.pid === null ? '' : readFileSync(`/proc/${chain.pid}/environ`, 'utf8');
  const inspected =
    chain.container === null
      ? ''
      : execFileSync('docker', ['inspect', chain.container], { encoding: 'utf8' });
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1').catch(() => ''));
  return [...commands, own, inspected, ...(await Promise.all(files))].join('\n');
}

describe('a fork whose upstream wants a header', () => {
  it('reads through it, and the header is seen nowhere else', async () => {
    const { client, home } = await open();
    const { chain, rpcUrl, upstream } = await forked(client);
    expect(chain).toMatchObject({ status: 'running', forkBlock: 7, note: null });
    await readThrough(rpcUrl);
    expect(upstream.seen.every((one) => one.authorization === headers.authorization)).toBe(true);
    expect(await seen(home, chain)).not.toContain(SECRET);
    const tells = await rpc(rpcUrl)('anvil_nodeInfo');
    expect(JSON.stringify(tells)).not.toContain(SECRET);
    await client.chains.restart({ chain: 'keyed' });
    await readThrough(rpcUrl);
  });

  it('keeps a key in its address as close', async () => {
    const { client, home } = await open();
    const local = await client.chains.start({ chain: 'local' });
    const everyone = { name: 'content-type', value: 'application/json' };
    const upstream = await keyedUpstream(local.rpcUrl as string, everyone);
    cleanups.push(() => upstream[Symbol.asyncDispose]());
    await client.networks.save({
      name: 'keyed',
      kind: 'fork',
      url: `${upstream.url}/v2/${SECRET}`,
    });
    const chain = await client.chains.start({ chain: 'keyed' });
    await readThrough(chain.rpcUrl as string);
    expect(await seen(home, chain)).not.toContain(SECRET);
    const tells = await rpc(chain.rpcUrl as string)('anvil_nodeInfo');
    expect(JSON.stringify(tells)).not.toContain(SECRET);
    upstream.refuses = { status: 403, body: `no such key: ${SECRET}` };
    await expect(readThrough(chain.rpcUrl as string)).rejects.toThrow(
      /What keyed forks from does not answer: HTTP 403. Check the key in its address/,
    );
  });

  it('goes on when the gateway is killed, also while no core is there', async () => {
    const folder = await dataFolder();
    cleanups.push(() => folder[Symbol.asyncDispose]());
    const first = await openTestApp({ home: folder.path, follow: true });
    const { rpcUrl } = await forked(clientOf(first.app));
    const [pid] = gatewaysOf(folder.path) as [number];
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    await vi.waitFor(() => readThrough(rpcUrl));
    await first.app.close();
    await readThrough(rpcUrl);

    const [alone] = gatewaysOf(folder.path) as [number];
    process.kill(alone, 'SIGKILL');
    await gone(alone);
    const { client } = await open(folder.path);
    await vi.waitFor(() => readThrough(rpcUrl));
    expect(await note(client)).toBeNull();
  });

  it('goes on when its core is killed, and by the next core when the gateway is, too', async () => {
    const folder = await dataFolder();
    cleanups.push(() => folder[Symbol.asyncDispose]());
    const first = await startHostProcess(folder.path);
    const { rpcUrl } = await forked(first.client);
    await first.kill();
    await readThrough(rpcUrl);
    const [pid] = gatewaysOf(folder.path) as [number];
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    await expect(readThrough(rpcUrl)).rejects.toThrow();
    const { client, gateway } = await open(folder.path);
    await vi.waitFor(() => readThrough(rpcUrl));
    expect(await note(client)).toBeNull();
    expect((await gateway.status()).upstreams).toMatchObject([{ chain: 'keyed', problem: null }]);
    expect(gatewaysOf(folder.path)).toHaveLength(1);
  });

  it('starts while another core looks after what the gateway passes on', async () => {
    const folder = await dataFolder();
    cleanups.push(() => folder[Symbol.asyncDispose]());
    const { client, stop } = await startHostProcess(folder.path);
    cleanups.push(stop);
    const other = await open(folder.path, false);
    await forked(client);
    const over = new AbortController();
    const looks = (async () => {
      while (!over.signal.aborted) await other.client.doctor.reconcile();
    })();
    try {
      for (let round = 0; round < 3; round++) {
        const { rpcUrl } = await client.chains.restart({ chain: 'keyed' });
        await readThrough(rpcUrl as string);
      }
    } finally {
      over.abort();
      await looks;
    }
  });

  it('ends with its anvil, and so does what passes its calls on', async () => {
    const { client, gateway } = await open();
    const { chain } = await forked(client);
    expect((await gateway.status()).upstreams).toMatchObject([{ chain: 'keyed', problem: null }]);
    await killChain(chain);
    await vi.waitFor(async () => expect((await gateway.status()).upstreams).toEqual([]));
    const again = await client.chains.start({ chain: 'keyed' });
    await readThrough(again.rpcUrl as string);
    await client.chains.stop({ chain: 'keyed' });
    expect((await gateway.status()).upstreams).toEqual([]);
  });

  it('is told what is wrong with it, and what to do', async () => {
    const { client } = await open();
    const { upstream, rpcUrl } = await forked(client);
    const repeats = JSON.stringify({ error: { message: `${SECRET} is over its limit` } });
    upstream.refuses = { status: 403, body: repeats };
    await expect(readThrough(rpcUrl)).rejects.toThrow(
      /What keyed forks from does not answer: HTTP 403, •••• is over its limit. Check the key.*drydock network header keyed/,
    );
    expect(await note(client)).toMatch(/HTTP 403, •••• is over its limit/);
    upstream.refuses = { status: 302, body: '' };
    await expect(readThrough(rpcUrl)).rejects.toThrow(/HTTP 302, it is at another address now/);
    upstream.refuses = null;
    await readThrough(rpcUrl);
    expect(await note(client)).toBeNull();
    await upstream[Symbol.asyncDispose]();
    await expect(readThrough(rpcUrl)).rejects.toThrow(
      /nothing listens there. Check your connection/,
    );
  });

  it('uses a header from when it is changed, without a restart', async () => {
    const { client } = await open();
    const { upstream, rpcUrl } = await forked(client);
    const change = (value: string) =>
      client.networks.save({ name: 'keyed', kind: 'fork', headers: { authorization: value } });
    await change('Bearer an-0ld-0ne');
    await vi.waitFor(() => expect(readThrough(rpcUrl)).rejects.toThrow(/HTTP 401/));
    await change(headers.authorization);
    await vi.waitFor(() => readThrough(rpcUrl));
    // Those for another server wait for the next start, and its own go to nobody else.
    await client.networks.save({ name: 'keyed', kind: 'fork', url: 'http://127.0.0.1:9' });
    await readThrough(rpcUrl);
    expect(upstream.seen.at(-1)?.authorization).toBe(headers.authorization);
  });

  it('works where chains are not behind the gateway', async () => {
    const { client } = await open();
    const { rpcUrl } = await forked(client);
    const alone = await client.chains.restart({ chain: 'keyed', gateway: 'off' });
    expect(alone).toMatchObject({ behindGateway: false, note: null });
    await readThrough(rpcUrl);
    await client.settings.set({ gateway: 'off' });
    await client.chains.stop({ chain: 'keyed' });
    await client.chains.start({ chain: 'keyed', gateway: 'on' });
    await readThrough(rpcUrl);
  });
});
