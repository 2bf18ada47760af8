import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { openApp } from '#main/app.ts';
import { openDb } from '#main/db/open.ts';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { pagesStore } from '#main/features/chain-index/pages-store.ts';
import { indexStore } from '#main/features/chain-index/store.ts';
import type { Client } from '#test/harness/doors.ts';
import type { Core } from './core.ts';
import { type Figure, plainFigure } from './figure.ts';
import { measurePauses, pauseFigures } from './pauses.ts';
import { running, sendOne } from './running-chain.ts';
import { median, timed } from './samples.ts';

const MOST_MS = { page: 100, recording: 5 };
/** Of which it is told how long it takes to record them: all of them take many minutes. */
const RECORDED = 20;
const MEGABYTE = 1024 * 1024;
/** As Linux counts the time of processes. */
const MS_OF_TICK = 10;

/** Stores the gas that is left for its caller, and emits it. */
const CONTRACT = '0x600980600b6000396000f3' + '5a335560206000a000';

/**
 * A chain on which all transactions were really mined, every tenth a call of a contract. What was
 * mined without a core is indexed and recorded by one that is opened then.
 */
export async function mined(blocks: number, perBlock: number): Promise<Figure[]> {
  await using ours = await running(false);
  const { core } = ours;
  const { rpcUrl } = await core.client.chains.start({ chain: core.chain });
  const call = rpc(rpcUrl as string, 60_000, { batch: true });
  const mining = await timed(() => mineAll(call, blocks, perBlock));
  const total = blocks * perBlock + 1;
  const db = openDb(core.home);
  const [pages, index] = [pagesStore(db), indexStore(db)];
  const app = await openApp({ home: core.home, logger: pino({ level: 'silent' }), follow: true });
  try {
    await app.prepare();
    const pauses = await measurePauses();
    const indexing = await timed(async () => {
      while ((pages.head(core.chain)?.transactions ?? 0) < total) await sleep(20);
    });
    const nextBlock = () => index.toRecord(core.chain, 1)[0]?.number ?? Number.POSITIVE_INFINITY;
    const begun = nextBlock();
    const node = await pidOf(core);
    const before = cpuMs(node);
    const recording = await timed(async () => {
      while (nextBlock() < begun + RECORDED) await sleep(20);
    });
    const cpu = cpuMs(node) - before;
    const recorded = RECORDED * perBlock;
    return [
      plainFigure(`mining ${total} transactions`, mining / 1000, 's', null),
      plainFigure(`indexing ${total} transactions`, indexing / 1000, 's', null),
      plainFigure(
        `recording one of them in a block of ${perBlock}, CPU of core and node`,
        ...([cpu / recorded, 'ms', MOST_MS.recording] as const),
      ),
      plainFigure('the same in time, with rests', recording / recorded, 'ms', null),
      ...(await pauseFigures(pauses, 'while they are indexed and recorded')),
      ...(await pagesOf(core.client, core.chain, total)),
      plainFigure('memory of the core', process.memoryUsage().rss / MEGABYTE, 'MB', null),
      plainFigure('memory of the node', memoryOf(node), 'MB', null),
    ];
  } finally {
    await app.close();
    db.close();
  }
}

async function mineAll(call: Rpc, blocks: number, perBlock: number): Promise<void> {
  const accounts = await call<string[]>('eth_accounts');
  const created = await sendOne(call, { to: undefined, value: '0x0', data: CONTRACT });
  const { contractAddress } = await call<{ contractAddress: string }>('eth_getTransactionReceipt', [
    created,
  ]);
  await call('evm_setAutomine', [false]);
  for (let block = 0; block < blocks; block++) {
    await Promise.all(
      Array.from({ length: perBlock }, (_, i) => {
        const from = accounts[i % accounts.length];
        const transfer = { from, to: accounts[(i + block) % accounts.length], value: '0x1' };
        const sent =
          i % 10 === 0
            ? { from, to: contractAddress, gas: '0xc350' }
            : { ...transfer, gas: '0x5208' };
        return call('eth_sendTransaction', [sent]);
      }),
    );
    await call('evm_mine');
  }
  await call('evm_setAutomine', [true]);
}

/** Each page of the explorer, the slowest of some places in the chain. */
async function pagesOf(client: Client, network: string, total: number): Promise<Figure[]> {
  const { explorer } = client;
  const { blocks: newest } = await explorer.blocks({ network, limit: 1 });
  const height = newest[0]?.number ?? 0;
  const { transactions } = await explorer.transactions({ network, below: total >> 1, limit: 100 });
  const hashes = transactions.map(({ hash }) => hash);
  const [address = ''] = transactions.map(({ from }) => from.address);
  const places = [1, height >> 1, height];
  const pages: Record<string, (() => Promise<unknown>)[]> = {
    transactions: [total, total >> 1, 100].map(
      (below) => () => explorer.transactions({ network, below, limit: 100 }),
    ),
    blocks: places.map((at) => () => explorer.blocks({ network, before: at + 1, limit: 100 })),
    'a block': places.map((at) => () => explorer.block({ network, block: String(at) })),
    'a transaction': hashes
      .slice(0, 12)
      .map((hash) => () => explorer.transaction({ network, hash })),
    'an address': [() => explorer.address({ network, address })],
    'its transactions': places.map(
      (at) => () =>
        explorer.addressTransactions({ network, address, before: `${at}:50`, limit: 100 }),
    ),
    'a search': hashes
      .slice(0, 5)
      .map((hash) => () => explorer.find({ network, text: hash.slice(0, 12) })),
  };
  const figures: Figure[] = [];
  for (const [name, asked] of Object.entries(pages)) {
    const took: number[] = [];
    for (const ask of asked) {
      await ask();
      took.push(median([await timed(ask), await timed(ask), await timed(ask)]));
    }
    const slowest = Math.max(...took);
    figures.push(plainFigure(`of them: ${name}`, slowest, 'ms', MOST_MS.page, { took }));
  }
  return figures;
}

async function pidOf({ client, chain }: Core): Promise<number> {
  return (await client.chains.list({})).find(({ name }) => name === chain)?.pid ?? Number.NaN;
}

/** Of this process and of another one; NaN where there is no `/proc`. */
function cpuMs(pid: number): number {
  const { user, system } = process.cpuUsage();
  const fields = readProc(pid, 'stat')
    .replace(/^.*\) /, '')
    .split(' ');
  const ticks = Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN);
  return (user + system) / 1000 + ticks * MS_OF_TICK;
}

const readProc = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};

function memoryOf(pid: number): number {
  const status = readProc(pid, 'status');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
