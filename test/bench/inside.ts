import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { openApp } from '#main/app.ts';
import { openDb } from '#main/db/open.ts';
import type { Rpc } from '#main/eth/rpc.ts';
import { pagesStore } from '#main/features/chain-index/pages-store.ts';
import { indexStore } from '#main/features/chain-index/store.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { fillIndex } from '#test/harness/long-index.ts';
import { freePort } from '#test/harness/ports.ts';
import { startBareChain } from './bare.ts';
import { deployAndWatch, settled } from './core.ts';
import { type Figure, overheadFigure, plainFigure, ratioFigure } from './figure.ts';
import { measurePauses, pauseFigures } from './pauses.ts';
import { type Running, running, sendOne } from './running-chain.ts';
import { interleave, median, timed } from './samples.ts';
import { threeTransactions } from './warm-deploy.ts';

const MOST_MS = { recording: 5, page: 100 };
const TOGETHER = 20;

/** Calls an address 5,000 times, one after the other. */
const MANY_CALLS = '6113885b600060006000600060006' + '0ab5af150600190038060035700';

/** What it costs to look inside of chains, and how long that takes. */
export async function inside(rounds: number): Promise<Figure[]> {
  return [
    await sending(rounds),
    await deploying(rounds),
    ...(await recording(300)),
    ...(await pages(rounds)),
    await manyCalls(rounds),
  ];
}

/** To the receipt, on a chain that is recorded, over the same on a bare one. */
async function sending(rounds: number): Promise<Figure> {
  await using ours = await running(true);
  await using folder = await temporaryFolder();
  const bare = await startBareChain(folder.path, await freePort());
  try {
    const some = (call: Rpc) => async () => {
      const took = await timed(async () => {
        for (let i = 0; i < TOGETHER; i++) await sendOne(call);
      });
      return took / TOGETHER;
    };
    const pairs = await interleave(rounds, some(ours.call), some(bare.call));
    return overheadFigure('a transaction to its receipt, recorded', MOST_MS.recording, pairs);
  } finally {
    await bare.stop();
  }
}

/** The same deploy with a core that records, over one that doesn't. */
async function deploying(rounds: number): Promise<Figure> {
  await using project = await threeTransactions();
  await using recorded = await running(true);
  await using plain = await running(false);
  const deploys = async ({ core }: Running) => {
    const { id } = await core.client.projects.add({ path: project.folder });
    const deploy = async () => {
      await settled(core.client, core.chain);
      return timed(async () => {
        const ended = await deployAndWatch(core.client, id, core.chain);
        if (ended.status !== 'succeeded') throw new Error(`deploy ${ended.status}: ${ended.why}`);
      });
    };
    await deploy();
    return deploy;
  };
  const pairs = await interleave(rounds, await deploys(recorded), await deploys(plain));
  return ratioFigure('deploy with recorder over without', 1.05, pairs);
}

/**
 * What was mined without a core is indexed and recorded by one that is opened then: the pauses that
 * the recorder makes for others are in it. A chain traces a transaction by running all of its block
 * before it, so that blocks of one each tell what the recorder itself costs.
 */
async function recording(count: number): Promise<Figure[]> {
  await using mined = await running(false);
  const { core, call } = mined;
  const [from, to] = await call<string[]>('eth_accounts');
  for (let i = 0; i < count - 1; i++) {
    await call('eth_sendTransaction', [{ from, to, value: '0x1', gas: '0x5208' }]);
  }
  await sendOne(call);
  const db = openDb(core.home);
  const [pages, index] = [pagesStore(db), indexStore(db)];
  const app = await openApp({ home: core.home, logger: pino({ level: 'silent' }), follow: true });
  try {
    await app.prepare();
    const pauses = await measurePauses();
    const took = await timed(async () => {
      while ((pages.head(core.chain)?.transactions ?? 0) < count) await sleep(5);
      while (index.toRecord(core.chain, 1).length > 0) await sleep(5);
    });
    return [
      plainFigure('recording a transaction', took / count, 'ms', MOST_MS.recording),
      ...(await pauseFigures(pauses, `while ${count} transactions are indexed and recorded`)),
    ];
  } finally {
    await app.close();
    db.close();
  }
}

/** Each page, from the core, of a chain with 100,000 transactions in 1,000 blocks. */
async function pages(rounds: number): Promise<Figure[]> {
  const blocks = 1000;
  await using ours = await running(true);
  const { core, call } = ours;
  const { client, chain: network } = core;
  await client.chains.mine({ chain: network, blocks });
  while ((await client.explorer.transactions({ network })).total !== 0) await sleep(50);
  const total = await fillIndex(core.home, network, call, 100);
  const [address = ''] = await call<string[]>('eth_accounts');
  const { explorer } = client;
  const { transactions } = await explorer.transactions({ network, limit: 1 });
  const prefix = `${transactions[0]?.hash}`.slice(0, 12);
  const asked: Record<string, () => Promise<unknown>> = {
    'transactions, the newest': () => explorer.transactions({ network, limit: 100 }),
    'transactions in the middle': () =>
      explorer.transactions({ network, below: total / 2, limit: 100 }),
    'blocks in the middle': () => explorer.blocks({ network, before: blocks / 2, limit: 100 }),
    'transactions of an address': () =>
      explorer.addressTransactions({ network, address, before: `${blocks / 2}:50`, limit: 100 }),
    'an address': () => explorer.address({ network, address }),
    'what begins with some digits': () => explorer.find({ network, text: prefix }),
  };
  const figures: Figure[] = [];
  for (const [name, ask] of Object.entries(asked)) {
    const took: number[] = [];
    for (let i = 0; i < rounds; i++) took.push(await timed(ask));
    figures.push(plainFigure(`of 100,000: ${name}`, median(took), 'ms', MOST_MS.page, { took }));
  }
  return figures;
}

/** Read with its names, over its bare trace. */
async function manyCalls(rounds: number): Promise<Figure> {
  await using ours = await running(true);
  const { core, call } = ours;
  const data = `0x7b${MANY_CALLS}600052601c6004f3`;
  const made = await sendOne(call, { to: undefined, value: '0x0', data, gas: '0x100000' });
  const receipt = await call<{ contractAddress: string }>('eth_getTransactionReceipt', [made]);
  const to = receipt.contractAddress;
  const hash = await sendOne(call, { to, value: '0x0', gas: '0x1c00000' });
  const { client, chain: network } = core;
  const read = async () => client.explorer.transaction({ network, hash, trace: true });
  const calls = (await read()).trace?.calls.length;
  if (calls !== 5000) throw new Error(`${calls} of 5000 calls were traced`);
  const pairs = await interleave(
    rounds,
    () => timed(read),
    () =>
      timed(() =>
        call('debug_traceTransaction', [
          hash,
          { tracer: 'callTracer', tracerConfig: { withLog: true } },
        ]),
      ),
  );
  return ratioFigure('a trace of 5,000 calls, over its bare one', null, pairs);
}
