import { rm } from 'node:fs/promises';
import { rpc } from '#main/eth/rpc.ts';
import { ChainFolder } from '#main/features/chains/folder.ts';
import { processes } from '#main/lib/processes/processes.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { freePort } from '#test/harness/ports.ts';
import { startBareChain } from './bare.ts';
import { openCore } from './core.ts';
import { type Figure, ratioFigure } from './figure.ts';
import { interleave } from './samples.ts';

const MOST = 1.3;

/** From the call to the first answer of the chain, over anvil started bare with the same flags. */
export async function chainStarts(rounds: number): Promise<Figure[]> {
  return [
    await compare('chain start to first answer, fresh', true, rounds),
    await compare('chain start to first answer, saved state', false, rounds),
  ];
}

async function compare(name: string, fresh: boolean, rounds: number): Promise<Figure> {
  await using core = await openCore();
  await using bareFolder = await temporaryFolder();
  const { client, chain } = core;
  const port = await freePort();

  const ours = async () => {
    const before = performance.now();
    const { rpcUrl } = await client.chains.start({ chain, fresh });
    await rpc(rpcUrl as string)('eth_chainId');
    const ms = performance.now() - before;
    await client.chains.stop({ chain });
    return ms;
  };
  const bare = async () => {
    if (fresh) {
      const { root } = new ChainFolder(bareFolder.path, 'bare', await processes.own());
      await rm(root, { recursive: true, force: true });
    }
    const before = performance.now();
    const started = await startBareChain(bareFolder.path, port);
    const ms = performance.now() - before;
    await started.stop();
    return ms;
  };
  await interleave(2, ours, bare);
  return ratioFigure(name, MOST, await interleave(rounds, ours, bare));
}
