import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Db, openDb } from '#main/db/open.ts';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { pagesStore } from '#main/features/chain-index/pages-store.ts';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { recorded as allRecorded } from '#test/harness/indexed.ts';
import { killChain } from '#test/harness/kill-chain.ts';
import { rounds, seed } from '#test/harness/rounds.ts';

const chain = 'local';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let core: TestApp;
let client: Client;
let call: Rpc;
let db: Db;

async function open(): Promise<void> {
  core = await openTestApp({ follow: true, home: folder.path });
  client = (await openDoor('in-process', core.app)).client;
  await start();
}

async function start(): Promise<void> {
  traceable.clear();
  call = rpc((await client.chains.start({ chain })).rpcUrl as string);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  await open();
  db = openDb(folder.path);
});

afterAll(async () => {
  db?.close();
  await client?.chains.stop({ chain });
  await core?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

/** The same numbers for the same seed. */
function random(state: number): (below: number) => number {
  let at = state;
  return (below) => {
    at = (Math.imul(at, 1664525) + 1013904223) >>> 0;
    return at % below;
  };
}

/** What was sent, by its hash: the value in wei, which no other one has. */
const sent = new Map<string, string>();
/** Sent since the core was opened and the chain started: they were there to be traced. */
const traceable = new Set<string>();
/** Those of them that were on the chain when all of it was recorded: they are never lost. */
const kept = new Set<string>();

async function send(): Promise<void> {
  const [from, to] = await call<string[]>('eth_accounts');
  const value = 1000 + sent.size;
  const asked = { from, to, value: `0x${value.toString(16)}`, gas: '0x10000' };
  const hash = await call<string>('eth_sendTransaction', [asked]);
  sent.set(hash, `${value}`);
  traceable.add(hash);
  // A chain may tell the hash before the receipt is there.
  await vi.waitFor(async () => expect(await receiptOf(hash)).not.toBeNull(), 20_000);
}

interface Head {
  hash: string;
  transactions: string[];
}

/** All that is indexed is on the chain, and the other way round. */
async function recorded(): Promise<void> {
  await allRecorded(db, chain, call);
  const newest = Number(await call<string>('eth_blockNumber'));
  const pages = pagesStore(db);
  const head = pages.head(chain);
  const blocks = head ? pages.blocks(head, newest, newest) : [];
  expect(blocks.map(({ number }) => number)).toEqual(
    Array.from({ length: newest }, (_, i) => newest - i),
  );
  const there: string[] = [];
  for (const { number, hash, transactions, firstTransaction } of blocks.toReversed()) {
    const at = `0x${number.toString(16)}`;
    const block = await call<Head>('eth_getBlockByNumber', [at, false]);
    expect({ hash, transactions, firstTransaction }).toEqual({
      ...{ hash: block.hash, transactions: block.transactions.length },
      firstTransaction: there.length,
    });
    there.push(...block.transactions);
  }
  const indexed = head ? pages.transactions(head, there.length, there.length) : [];
  expect(indexed.map(({ hash }) => hash)).toEqual(there.toReversed());
  const [from = '', to = ''] = await call<string[]>('eth_accounts');
  for (const address of [from, to]) {
    const ofAddress = head ? pages.ofAddress(head, address, there.length, there.length) : [];
    expect(ofAddress.map(({ hash }) => hash)).toEqual(there.toReversed());
  }
  for (const hash of traceable) if (await receiptOf(hash)) kept.add(hash);
}

const receiptOf = (hash: string) =>
  call<{ blockHash: string } | null>('eth_getTransactionReceipt', [hash]);

async function check(): Promise<void> {
  for (const [hash, value] of sent) {
    const receipt = await receiptOf(hash);
    const shown: TransactionDetail | string = await client.explorer
      .transaction({ network: chain, hash, trace: true })
      .catch((error: { code: string }) => error.code);
    if (typeof shown === 'string') {
      expect({ shown, receipt, kept: kept.has(hash) }).toEqual({
        ...{ shown: 'TRANSACTION_NOT_FOUND', receipt: null, kept: false },
      });
      continue;
    }
    expect(shown).toMatchObject({ hash, value });
    if (receipt === null && shown.status === 'pending') continue;
    expect(shown.takenBack).toBe(receipt === null);
    if (receipt) expect(shown.blockHash).toBe(receipt.blockHash);
    if (kept.has(hash)) expect(shown.trace?.value).toBe(value);
    else if (shown.trace) expect(shown.trace.value).toBe(value);
  }
  const listed = await client.explorer.transactions({ network: chain, limit: 200 });
  for (const { hash } of listed.transactions) expect(await receiptOf(hash)).not.toBeNull();
}

const steps: Record<string, (next: (below: number) => number) => Promise<unknown>> = {
  send,
  'send many': async (next) => {
    for (let i = next(8); i >= 0; i--) await send();
  },
  /** Past Drydock, which is told of nothing. */
  async 'revert by others'(next) {
    const id = await call('evm_snapshot');
    for (let i = next(4); i >= 0; i--) await send();
    if (next(2) === 0) await recorded();
    await call('evm_revert', [id]);
    // Up to the same height, or not.
    if (next(2) === 0) await send();
  },
  mine: (next) => client.chains.mine({ chain, blocks: 1 + next(30) }),
  snapshot: () => client.chains.snapshot({ chain }),
  async revert(next) {
    const snapshots = await client.chains.snapshots({ chain });
    const to = snapshots[next(snapshots.length)];
    if (to) await client.chains.revert({ chain, snapshot: to.id });
  },
  restart: () => client.chains.restart({ chain }).then(start),
  async kill() {
    await killChain(await client.chains.get({ chain }));
    await vi.waitFor(async () =>
      expect((await client.chains.get({ chain })).status).toBe('stopped'),
    );
    await start();
  },
  async 'another core'(next) {
    await core[Symbol.asyncDispose]();
    // The chain goes on.
    if (next(2) === 0) await send();
    await open();
  },
  recorded,
  wait: (next) => sleep(next(50)),
};

test('whatever happens to a chain, what is shown is there or was recorded', async () => {
  const next = random(seed);
  const names = Object.keys(steps);
  const done: string[] = [];
  for (let i = rounds(12, 1000); i > 0; i--) {
    const name = names[next(names.length)] as string;
    done.push(name);
    try {
      await steps[name]?.(next);
      await check();
    } catch (error) {
      throw new Error(`seed ${seed}, after ${done.join(', ')}`, { cause: error });
    }
    // The oldest are checked no longer than a hundred others are.
    for (const hash of [...sent.keys()].slice(0, -100)) sent.delete(hash);
  }
  await recorded();
});
