import { folderSize } from '../../kit/folder-size.ts';
import { maskUrl } from '../../kit/mask.ts';
import { latestBlock } from './anvil.ts';
import type { Chain } from './contract.ts';
import type { ChainsContext } from './parts.ts';
import { chainUrl } from './port.ts';
import type { RunningChains } from './running.ts';

const UNKNOWN =
  'The Docker daemon does not answer, so nobody can tell whether this chain still runs. Start Docker; the chain continues from its last saved state.';

/** So long a chain's size on the disk is taken as known. */
const SIZE_KEPT_MS = 10_000;

/** Chains as they are shown: what is recorded of them, and what they answer themselves. */
export function chainListing(context: ChainsContext, { running }: RunningChains) {
  const { store, engines, networks, news } = context.parts;
  const sizes = new Map<string, { at: number; bytes: number }>();

  async function diskBytes(name: string): Promise<number> {
    const known = sizes.get(name);
    if (known && Date.now() - known.at < SIZE_KEPT_MS) return known.bytes;
    const bytes = await folderSize(context.folder(name).root);
    sizes.set(name, { at: Date.now(), bytes });
    return bytes;
  }

  async function read(name: string): Promise<Chain> {
    const network = context.network(name);
    const chain = await running(name);
    const row = chain?.row ?? context.row(name);
    const process = chain?.row.process;
    const engine = process ? engines.of(process).name : await engines.preferred(row.engine);
    const block = await (chain && latestBlock(chain.call))?.catch(() => undefined);
    if (block && block.number !== row.blockNumber) store.setBlock(name, block.number);
    return {
      name,
      kind: network.kind === 'fork' ? 'fork' : 'local',
      status: chain ? 'running' : 'stopped',
      engine,
      ownEngine: row.engine,
      rpcUrl: row.port === null ? null : chainUrl(row.port),
      port: row.port,
      chainId: chain ? row.chainId : (network.servedChainId ?? row.chainId),
      pid: process && 'pid' in process ? process.pid : null,
      container: process && 'container' in process ? process.container : null,
      startedAt: chain ? row.startedAt : null,
      blockNumber: block?.number ?? row.blockNumber,
      blockTime: block?.time ?? null,
      clockDrift: block ? block.time - Math.floor(Date.now() / 1000) : null,
      baseFee: block?.baseFee ?? null,
      forkUrl: network.kind === 'fork' && network.url ? maskUrl(network.url) : null,
      forkBlock: row.forkBlock,
      savedAt: context.folder(name).savedAt(),
      diskBytes: await diskBytes(name),
      preparing: context.preparing.get(name) ?? null,
      problem: row.process && !chain ? UNKNOWN : row.problem,
    };
  }

  return {
    get: read,

    list: async (): Promise<Chain[]> => Promise.all(networks().map((n) => read(n.name))),

    /** The chain now, and again after each change of it. */
    async *watch(name: string, signal?: AbortSignal): AsyncGenerator<Chain, void> {
      for await (const batch of news(signal)) {
        const concerns = batch.some((c) => c.topic === 'chains' && (c.key ?? name) === name);
        if (batch.length === 0 || concerns) yield await read(name);
      }
    },
  };
}
