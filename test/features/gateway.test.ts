import { createRouterClient } from '@orpc/server';
import { encodeFunctionData, erc20Abi, getContractAddress, type Hex } from 'viem';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { App } from '#main/app.ts';
import { rpc } from '#main/eth/rpc.ts';
import { fixesOf } from '#main/features/events/contract/words.ts';
import type { Event } from '#main/features/events/contract.ts';
import { GatewayClient } from '#main/gateway/control/client.ts';
import { dataFolder, openTestApp } from '#test/harness/app.ts';
import { killChain } from '#test/harness/kill-chain.ts';
import { TestWallet } from '#test/harness/wallet.ts';

const cleanups: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const clientOf = (app: App) => createRouterClient(app.router, { context: app.context });
type Client = ReturnType<typeof clientOf>;
type Decision = Parameters<Client['gateway']['decide']>[0];
type Mend = Parameters<Client['gateway']['mendNonce']>[0];

async function open(home?: string) {
  const opened = await openTestApp({ home, follow: true });
  cleanups.push(() => opened[Symbol.asyncDispose]());
  return { ...opened, client: clientOf(opened.app), gateway: new GatewayClient(opened.home) };
}

async function started(client: Client) {
  const chain = await client.chains.start({ chain: 'local' });
  return { ...chain, port: chain.port as number, rpcUrl: chain.rpcUrl as string };
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const gone = (pid: number) => vi.waitFor(() => expect(isRunning(pid)).toBe(false));

const post = (url: string, headers: Record<string, string>) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }),
  });

const number = (url: string) => rpc(url)<string>('eth_blockNumber').then(Number);

describe('a chain behind the gateway', () => {
  it('is reached at its port, and by no page that was not allowed', async () => {
    const { client } = await open();
    const chain = await started(client);
    expect(chain).toMatchObject({ behindGateway: true, gateway: 'on', note: null });
    expect((await post(chain.rpcUrl, {})).status).toBe(200);
    expect((await post(chain.rpcUrl, { origin: 'http://localhost:3000' })).status).toBe(200);
    expect((await post(chain.rpcUrl, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('ends with its chain, and so does the gateway with the last one', async () => {
    const { client, gateway } = await open();
    const chain = await started(client);
    const { pid } = await gateway.status();
    await client.chains.stop({ chain: 'local' });
    await gone(pid);
    await expect(fetch(chain.rpcUrl)).rejects.toThrow();
  });

  it('goes on when its core ends, and the next core adopts it', async () => {
    const folder = await dataFolder();
    cleanups.push(() => folder[Symbol.asyncDispose]());
    const first = await openTestApp({ home: folder.path });
    const chain = await started(clientOf(first.app));
    const { pid } = await new GatewayClient(folder.path).status();
    await first.app.close();
    expect(await number(chain.rpcUrl)).toBe(0);
    const { client, gateway } = await open(folder.path);
    expect(await client.chains.get({ chain: 'local' })).toMatchObject({ behindGateway: true });
    expect((await gateway.status()).pid).toBe(pid);
    await client.chains.stop({ chain: 'local' });
    await gone(pid);
  });

  it('is served again after the gateway was killed', async () => {
    const { client, gateway } = await open();
    const chain = await started(client);
    const { pid } = await gateway.status();
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    await vi.waitFor(async () => expect(await number(chain.rpcUrl)).toBe(0));
    expect((await gateway.status()).pid).not.toBe(pid);
  });

  it('has its port let go when anvil was killed, and gets it back at its next start', async () => {
    const { client, gateway } = await open();
    const chain = await started(client);
    const { pid } = await gateway.status();
    await killChain(chain);
    await vi.waitFor(async () =>
      expect((await client.chains.get({ chain: 'local' })).status).toBe('stopped'),
    );
    await gone(pid);
    expect(await client.chains.start({ chain: 'local' })).toMatchObject({
      port: chain.port,
      behindGateway: true,
    });
    expect(await number(chain.rpcUrl)).toBe(0);
  });

  it('goes back, live and by a restart, while requests at its port wait', async () => {
    const { client } = await open();
    const chain = await started(client);
    await client.chains.snapshot({ chain: 'local', name: 'here' });
    const requests = async (during: Promise<unknown>) => {
      let over = false;
      during.finally(() => {
        over = true;
      });
      const answers = new Set<number>();
      while (!over) answers.add(await number(chain.rpcUrl));
      await during;
      return answers;
    };
    await client.chains.mine({ chain: 'local', blocks: 3 });
    const live = client.chains.revert({ chain: 'local', snapshot: 'here' });
    for (const one of await requests(live)) expect([0, 3]).toContain(one);
    expect((await live).how).toBe('live');
    await client.chains.restart({ chain: 'local' });
    await client.chains.mine({ chain: 'local', blocks: 2 });
    const restart = client.chains.revert({ chain: 'local', snapshot: 'here' });
    for (const one of await requests(restart)) expect([0, 2]).toContain(one);
    expect((await restart).how).toBe('restart');
    expect(await number(chain.rpcUrl)).toBe(0);
  });

  it('can be had without it, for one chain or for all', async () => {
    const { client, gateway } = await open();
    const chain = await started(client);
    const without = await client.chains.restart({ chain: 'local', gateway: 'off' });
    expect(without).toMatchObject({ behindGateway: false, gateway: 'off', note: null });
    expect((await post(chain.rpcUrl, { origin: 'https://evil.example' })).status).toBe(200);
    await expect(gateway.status()).rejects.toThrow();
    await client.chains.mine({ chain: 'local', blocks: 3 });
    const again = await client.chains.restart({ chain: 'local', gateway: 'on' });
    expect(again).toMatchObject({ behindGateway: true, port: chain.port });
    // Another container, from the state of the one that published the port.
    expect(await number(chain.rpcUrl)).toBe(3);
    expect((await post(chain.rpcUrl, { origin: 'https://evil.example' })).status).toBe(403);
    await client.settings.set({ gateway: 'off' });
    const all = await client.chains.restart({ chain: 'local' });
    expect(all).toMatchObject({ behindGateway: false, gateway: 'on', note: null });
  });
});

describe('what the gateway tells', () => {
  it('is an event with a button for a page that was refused, once, until it is decided', async () => {
    const { client } = await open();
    const { rpcUrl } = await started(client);
    const origin = 'https://app.example';
    const call = () => post(rpcUrl, { origin });
    expect((await call()).status).toBe(403);
    expect((await call()).status).toBe(403);
    const refused = await vi.waitFor(async () => {
      const all = await client.events.list({ types: ['origin.refused'] });
      expect(all).toHaveLength(1);
      return all[0];
    });
    expect(refused).toMatchObject({ chain: 'local', origin });
    const [allow, deny] = fixesOf(refused as Event);
    expect([allow?.label, deny?.label]).toEqual(['Allow', 'Deny']);
    expect(allow?.call?.procedure).toBe('gateway.decide');
    await client.gateway.decide(allow?.call?.input as Decision);
    const allowed = await call();
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(await client.gateway.origins({ chain: 'local' })).toMatchObject([
      { origin, decision: 'allow' },
    ]);
    // Kept over a restart of the gateway and of the chain.
    await client.chains.stop({ chain: 'local' });
    await client.chains.start({ chain: 'local' });
    expect((await call()).status).toBe(200);
    await client.gateway.decide(deny?.call?.input as Decision);
    expect((await call()).status).toBe(403);
    await client.gateway.forget({ chain: 'local', origin });
    expect(await client.gateway.origins({ chain: 'local' })).toEqual([]);
  });

  it.each(['http://localhost:3000', 'http://APP.localhost', 'https://127.1:8443', 'http://[::1]'])(
    'is nothing of %s, a page of this machine, which is neither allowed nor denied',
    async (origin) => {
      const { client } = await open();
      for (const decision of ['allow', 'deny'] as const) {
        await expect(
          client.gateway.decide({ chain: 'local', origin, decision }),
        ).rejects.toMatchObject({
          code: 'BAD_INPUT',
          message: expect.stringContaining('is a page of this machine'),
          data: { field: 'origin' },
        });
      }
      expect(await client.gateway.origins({ chain: 'local' })).toEqual([]);
    },
  );

  it('is that a nonce was mended, and the wallet gets its receipt after a revert', async () => {
    const { client } = await open();
    const { rpcUrl } = await started(client);
    const call = rpc(rpcUrl);
    const wallet = await TestWallet.create(call, call);
    await client.chains.snapshot({ chain: 'local', name: 'here' });
    await wallet.sendAndWait();
    await wallet.sendAndWait();
    await client.chains.revert({ chain: 'local', snapshot: 'here' });
    expect(await wallet.sendAndWait()).toBe(2);
    await vi.waitFor(async () =>
      expect(await client.events.list({ types: ['nonce.mended'] })).toMatchObject([
        { chain: 'local', from: 0, to: 2 },
      ]),
    );
  });

  it('is that an account which deployed waits; its creations keep their address', async () => {
    const { client } = await open();
    const { rpcUrl } = await started(client);
    const call = rpc(rpcUrl);
    const wallet = await TestWallet.create(call, call);
    const creation = async (nonce: number) => {
      await wallet.sendAndWait({ to: null, nonce });
      const count = Number(await call('eth_getTransactionCount', [wallet.address, 'latest']));
      expect(count).toBe(nonce + 1);
      return call('eth_getCode', [
        getContractAddress({ from: wallet.address, nonce: BigInt(nonce) }),
        'latest',
      ]);
    };
    await client.chains.snapshot({ chain: 'local', name: 'here' });
    await creation(0);
    await wallet.sendAndWait();
    await client.chains.revert({ chain: 'local', snapshot: 'here' });
    await wallet.send({ nonce: 2 });
    const off = await vi.waitFor(async () => {
      const all = await client.events.list({ types: ['nonce.off'] });
      expect(all).toHaveLength(1);
      return all[0];
    });
    // A script asks for the nonce: it deploys where it did before.
    await creation(0);
    expect(await client.events.list({ types: ['nonce.mended'] })).toEqual([]);
    const [mend] = fixesOf(off as Event);
    expect(mend?.call).toMatchObject({ procedure: 'gateway.mendNonce', input: { nonce: 2 } });
    await client.gateway.mendNonce(mend?.call?.input as Mend);
    expect(Number(await call('eth_getTransactionCount', [wallet.address, 'latest']))).toBe(2);
  });

  it('is what was called, decoded, while it is noted', async () => {
    const { client } = await open();
    const { rpcUrl } = await started(client);
    const call = rpc(rpcUrl);
    await client.gateway.setJournal({ chain: 'local', on: true });
    const to = `0x${'a'.repeat(40)}`;
    const data = encodeFunctionData({
      abi: erc20Abi,
      functionName: 'transfer',
      args: [to as Hex, 5n],
    });
    await call('eth_call', [{ to, data }, 'latest']);
    await call('eth_noSuchThing').catch(() => undefined);
    const noted = await client.gateway.journal({ chain: 'local' });
    expect(noted.on).toBe(true);
    expect(noted.calls.find(({ method }) => method === 'eth_call')?.called).toMatchObject({
      function: 'transfer(address,uint256)',
      arguments: [{ value: expect.stringMatching(/^0xa{40}$/i) }, { value: '5' }],
    });
    // From now on it has a name, and its arguments have theirs; what was noted before, too.
    await call('anvil_setCode', [to, '0x00']);
    const added = { network: 'local', address: to, name: 'Purse' };
    await client.contracts.add({ ...added, abi: [...erc20Abi] });
    const again = await client.gateway.journal({ chain: 'local' });
    expect(again.calls.find(({ method }) => method === 'eth_call')?.called).toMatchObject({
      contract: 'Purse',
      arguments: [{ name: 'recipient' }, { name: 'amount', value: '5' }],
    });
    expect(noted.errors).toMatchObject([{ method: 'eth_noSuchThing', origin: null }]);
    await client.gateway.setJournal({ chain: 'local', on: false });
    expect(await client.gateway.journal({ chain: 'local' })).toMatchObject({ on: false });
  });

  it('is what a fork of the chain reads through, also after the chain was restarted', async () => {
    const { client } = await open();
    const { rpcUrl } = await started(client);
    const rich = `0x${'c'.repeat(40)}`;
    await rpc(rpcUrl)('anvil_setBalance', [rich, '0x7']);
    await rpc(rpcUrl)('evm_mine');
    await client.networks.save({ name: 'forked', kind: 'fork', url: rpcUrl });
    const fork = await client.chains.start({ chain: 'forked', engine: 'process' });
    await client.chains.restart({ chain: 'local' });
    expect(await rpc(fork.rpcUrl as string)('eth_getBalance', [rich, 'latest'])).toBe('0x7');
  });

  it('is what a wallet needs, and what the doctor finds', async () => {
    const { client } = await open();
    const { rpcUrl } = await started(client);
    expect((await client.gateway.wallet({ chain: 'local' })).addChain).toEqual({
      chainId: '0x7a69',
      chainName: 'Drydock local',
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: [rpcUrl],
    });
    const { checks } = await client.doctor.run();
    expect(checks.find(({ id }) => id === 'gateway')).toMatchObject({ status: 'ok' });
    expect(await client.gateway.status()).toMatchObject({
      wanted: true,
      running: true,
      chains: [{ chain: 'local', listening: true, problem: null }],
    });
  });
});
