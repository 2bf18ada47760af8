import { rpc } from '#main/eth/rpc.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { startBareChain } from './bare.ts';
import { openCore } from './core.ts';
import { type Figure, overheadFigure } from './figure.ts';
import { fill } from './fill.ts';
import { interleave, timed } from './samples.ts';

const MOST_MS = 5;

/** Snapshot and revert on a live chain, over the bare calls on a chain with the same history. */
export async function snapshots(rounds: number, transactions: number): Promise<Figure[]> {
  return [
    ...(await compare(rounds, 20, 'small chain', MOST_MS)),
    ...(await compare(
      rounds,
      transactions,
      `${transactions.toLocaleString('en')} transactions`,
      null,
    )),
  ];
}

async function compare(
  rounds: number,
  transactions: number,
  size: string,
  mostMs: number | null,
): Promise<Figure[]> {
  await using core = await openCore();
  await using bareFolder = await temporaryFolder();
  const { client, chain } = core;
  const { rpcUrl } = await client.chains.start({ chain });
  const bare = await startBareChain(bareFolder.path, await freePort());
  try {
    const call = rpc(rpcUrl as string);
    await Promise.all([fill(call, transactions), fill(bare.call, transactions)]);

    const taken = await interleave(
      rounds,
      () => timed(() => client.chains.snapshot({ chain })),
      () => timed(() => bare.call('evm_snapshot')),
    );

    const { id: snapshot } = await client.chains.snapshot({ chain });
    let bareId = await bare.call<string>('evm_snapshot');
    // As after a deploy: there is something to go back from.
    const reverted = await interleave(
      rounds,
      async () => {
        await fill(call, 1);
        return timed(() => client.chains.revert({ chain, snapshot }));
      },
      async () => {
        await fill(bare.call, 1);
        const ms = await timed(() => bare.call('evm_revert', [bareId]));
        bareId = await bare.call<string>('evm_snapshot');
        return ms;
      },
    );
    const repeated = await interleave(
      rounds,
      () => timed(() => client.chains.revert({ chain, snapshot })),
      async () => {
        const ms = await timed(() => bare.call('evm_revert', [bareId]));
        bareId = await bare.call<string>('evm_snapshot');
        return ms;
      },
    );
    return [
      overheadFigure(`snapshot, ${size}`, mostMs, taken),
      overheadFigure(`revert after a change, ${size}`, mostMs, reverted),
      overheadFigure(`revert with nothing to keep, ${size}`, mostMs, repeated),
    ];
  } finally {
    await bare.stop();
  }
}
