import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWN_CHAIN, type Patience, watchChain } from '#main/features/deployments/chain-watch.ts';
import type { Transaction } from '#main/features/deployments/contract.ts';
import { rpc } from '#main/kit/rpc.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';

let core: TestApp;
let client: Client;
let pid: number;
let url: string;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  const chain = await client.chains.start({ chain: 'local' });
  pid = chain.pid as number;
  url = chain.rpcUrl as string;
}, 60_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
});

type Told = 'vanished' | 'stuck' | 'silent' | 'dead';

function watching(transactions: readonly Transaction[], patience: Patience = OWN_CHAIN) {
  const told: Told[] = [];
  const news = new EventTarget();
  const tell = (what: Told) => () => {
    told.push(what);
    news.dispatchEvent(new Event(what));
  };
  const stop = watchChain(
    url,
    () => transactions,
    {
      onVanished: tell('vanished'),
      onStuck: tell('stuck'),
      onSilent: tell('silent'),
      onDead: tell('dead'),
    },
    patience,
  );
  return { told, next: (what: Told) => once(news, what), [Symbol.dispose]: stop };
}

async function landed(): Promise<Transaction> {
  const call = rpc(url);
  const [from] = await call<string[]>('eth_accounts');
  const hash = await call<string>('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
  const sent = await call<{ nonce: string }>('eth_getTransactionByHash', [hash]);
  return { hash, from, nonce: Number(sent.nonce), status: 'success' } as Transaction;
}

test('what was taken back is missed, and told once', async () => {
  const call = rpc(url);
  const before = await call('evm_snapshot');
  const transaction = await landed();
  using watch = watching([transaction]);
  await sleep(1500);
  expect(watch.told).toEqual([]);
  const missed = watch.next('vanished');
  await call('evm_revert', [before]);
  await missed;
  await sleep(2500);
  expect(watch.told).toEqual(['vanished']);
});

test('a receipt whose sender has the nonce of before proves nothing', async () => {
  const transaction = await landed();
  using watch = watching([transaction]);
  const missed = watch.next('vanished');
  // What a revert in the middle of mining leaves: the block is there, the state is the old one.
  await rpc(url)('anvil_setNonce', [
    transaction.from,
    `0x${(transaction.nonce ?? 0).toString(16)}`,
  ]);
  await missed;
  expect(await rpc(url)('eth_getTransactionReceipt', [transaction.hash])).not.toBeNull();
});

test('transactions that wait while no block is made are told, once for each standstill', async () => {
  const call = rpc(url);
  const [from] = await call<string[]>('eth_accounts');
  using watch = watching([], { ...OWN_CHAIN, stuck: 2 });
  await sleep(3500);
  expect(watch.told).toEqual([]);
  await call('evm_setAutomine', [false]);
  for (let round = 0; round < 2; round++) {
    const stuck = watch.next('stuck');
    await call('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
    await call('evm_mine');
    await call('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
    await stuck;
    await sleep(2000);
  }
  await call('evm_setAutomine', [true]);
  await call('evm_mine');
  expect(watch.told).toEqual(['stuck', 'stuck']);
});

test('a chain that stands still is told before it is given up', async () => {
  using watch = watching([], { ...OWN_CHAIN, silent: 1, dead: 2 });
  const [silent, dead] = [watch.next('silent'), watch.next('dead')];
  process.kill(pid, 'SIGSTOP');
  try {
    await silent;
    await dead;
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  expect(watch.told).toEqual(['silent', 'dead']);
});

test('a chain that goes on after a while is waited for', async () => {
  using watch = watching([await landed()], { ...OWN_CHAIN, silent: 1, dead: 3 });
  for (let round = 0; round < 2; round++) {
    const silent = watch.next('silent');
    process.kill(pid, 'SIGSTOP');
    await silent;
    process.kill(pid, 'SIGCONT');
    await sleep(1500);
  }
  expect(watch.told).toEqual(['silent', 'silent']);
});

test('a chain that stands still can be restarted', async () => {
  process.kill(pid, 'SIGSTOP');
  const chain = await client.chains.restart({ chain: 'local' });
  expect(chain).toMatchObject({ status: 'running' });
  expect(chain.pid).not.toBe(pid);
  expect(await rpc(chain.rpcUrl as string)('eth_chainId')).toBe('0x7a69');
});
