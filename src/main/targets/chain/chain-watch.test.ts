import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { rpc } from '../../eth/rpc.ts';
import type { Transaction } from '../../shared/result.ts';
import { OWN_CHAIN, type Patience, watchChain } from './chain-watch.ts';

let core: TestApp;
let client: Client;
let pid: number;
let url: string;

beforeEach(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  const chain = await client.chains.start({ chain: 'local' });
  pid = chain.pid as number;
  url = chain.rpcUrl as string;
});

afterEach(async () => {
  await core?.[Symbol.asyncDispose]();
});

/** As patient as with a Drydock chain, but checking more often. */
const QUICK: Patience = { ...OWN_CHAIN, everyMs: 20 };
/** Under load, a response may take a while; without a response, a second is enough. */
const DEAF: Patience = { ...QUICK, answerWithinMs: 1000 };

type Told = 'vanished' | 'stuck' | 'silent' | 'dead';

function watching(transactions: readonly Transaction[], patience: Patience = QUICK) {
  const told: Told[] = [];
  const news = new EventTarget();
  let looks = 0;
  const tell = (what: Told) => () => {
    told.push(what);
    news.dispatchEvent(new Event(what));
  };
  const stop = watchChain(
    url,
    () => {
      looks++;
      return transactions;
    },
    {
      onVanished: tell('vanished'),
      onStuck: tell('stuck'),
      onSilent: tell('silent'),
      onDead: tell('dead'),
    },
    patience,
  );
  return {
    told,
    next: (what: Told) => once(news, what),
    /** Waits for this many more checks. */
    async look(times: number): Promise<void> {
      const end = looks + times;
      await vi.waitUntil(() => looks >= end, { timeout: 30_000, interval: 10 });
    },
    [Symbol.dispose]: stop,
  };
}

async function landed(): Promise<Transaction> {
  const call = rpc(url);
  const [from] = await call<string[]>('eth_accounts');
  const hash = await call<string>('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
  // The hash is given before the transaction is in a block.
  await vi.waitUntil(() => call('eth_getTransactionReceipt', [hash]), { timeout: 30_000 });
  const sent = await call<{ nonce: string }>('eth_getTransactionByHash', [hash]);
  return {
    ...{ hash, from, nonce: Number(sent.nonce), status: 'success', elsewhere: null },
  } as Transaction;
}

test('what went to another chain is not missed on this one', async () => {
  const other = { ...(await landed()), hash: `0x${'1'.repeat(64)}`, elsewhere: '127.0.0.1:1' };
  using watch = watching([other]);
  await watch.look(5);
  expect(watch.told).toEqual([]);
});

test('what was taken back is missed, and told', async () => {
  const call = rpc(url);
  const before = await call('evm_snapshot');
  const transaction = await landed();
  using watch = watching([transaction]);
  await watch.look(5);
  expect(watch.told).toEqual([]);
  const missed = watch.next('vanished');
  await call('evm_revert', [before]);
  await missed;
  expect(watch.told).toEqual(['vanished']);
});

test('a receipt whose sender has the nonce of before proves nothing', async () => {
  const transaction = await landed();
  using watch = watching([transaction]);
  const missed = watch.next('vanished');
  // What a revert during mining leaves: the block is there, with the previous state.
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
  using watch = watching([], { ...QUICK, stuck: 2 });
  await watch.look(6);
  expect(watch.told).toEqual([]);
  await call('evm_setAutomine', [false]);
  for (let round = 0; round < 2; round++) {
    const stuck = watch.next('stuck');
    await call('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
    await call('evm_mine');
    await call('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
    await stuck;
    await watch.look(6);
  }
  await call('evm_setAutomine', [true]);
  await call('evm_mine');
  expect(watch.told).toEqual(['stuck', 'stuck']);
});

test('a chain that stands still is told before it is given up', async () => {
  using watch = watching([], { ...DEAF, silent: 1, dead: 2 });
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
  using watch = watching([await landed()], { ...DEAF, silent: 1, dead: 20 });
  for (let round = 0; round < 2; round++) {
    const silent = watch.next('silent');
    process.kill(pid, 'SIGSTOP');
    await silent;
    process.kill(pid, 'SIGCONT');
    await watch.look(3);
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
