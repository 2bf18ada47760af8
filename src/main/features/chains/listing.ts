import { rpc } from '../../eth/rpc.ts';
import { folderSize } from '../../lib/folder-size.ts';
import { maskUrl } from '../../lib/secrets/secret-url.ts';
import { type LatestBlock, latestBlock } from './anvil.ts';
import type { ChainsContext } from './context.ts';
import type { Chain } from './contract.ts';
import { differences } from './differences.ts';
import { BlockMaking, type MakesBlocks } from './makes-blocks.ts';
import { publicUrl } from './port.ts';
import type { RunningChain, RunningChains } from './running.ts';
import type { ChainRow } from './store.ts';

const UNKNOWN =
  'The Docker daemon does not answer, so nobody can tell whether this chain still runs. Start Docker; the chain continues from its last saved state.';

/** A chain that stands still must not hold up the others: it is shown without its values. */
const ANSWER_MS = 1500;

const NO_ANSWER: Record<'unresponsive' | 'paused', string> = {
  unresponsive:
    'Its process is there but does not respond. It may be stopped by a signal or busy; if this goes on, restart the chain: it continues from the last saved state.',
  paused:
    'Its container is paused in Docker. Unpause it there, or restart the chain: it continues from the last saved state.',
};

/** What a chain that has a process says of itself. */
interface Said {
  status: 'running' | 'unresponsive' | 'paused';
  block?: LatestBlock;
  makes?: MakesBlocks;
}

/** So long a chain's size on the disk is taken as known. */
const SIZE_KEPT_MS = 10_000;

/** Chains as they are shown: what is recorded of them, and what they tell themselves. */
export function chainListing(context: ChainsContext, { running }: RunningChains) {
  const { store, creations, engines, gateway, networks, news } = context.deps;
  const sizes = new Map<string, { at: number; bytes: number }>();
  const making = new BlockMaking();

  async function diskBytes(name: string): Promise<number> {
    const known = sizes.get(name);
    if (known && Date.now() - known.at < SIZE_KEPT_MS) return known.bytes;
    const bytes = await folderSize(context.folder(name).root);
    sizes.set(name, { at: Date.now(), bytes });
    return bytes;
  }

  async function ask({
    row: { name, process, instance, startedAt },
    url,
  }: RunningChain): Promise<Said> {
    try {
      const call = rpc(url, ANSWER_MS, { batch: true });
      const [block, makes] = await Promise.all([
        latestBlock(call),
        making.of(
          { name, start: `${url} ${startedAt}`, isFork: context.network(name).kind === 'fork' },
          call,
        ),
      ]);
      return { status: 'running', block, makes };
    } catch {
      // Without an instance another core is just starting or stopping it.
      if (!process || instance === null) return { status: 'running' };
      context.foundStill.add(name);
      const paused = await engines
        .of(process)
        .isPaused(process)
        .catch(() => false);
      return { status: paused ? 'paused' : 'unresponsive' };
    }
  }

  async function read(name: string): Promise<Chain> {
    const network = context.network(name);
    const chain = await running(name);
    const row = chain?.row ?? context.row(name);
    const process = chain?.row.process;
    const creation = creations.shown(name);
    const engine = process ? engines.of(process).name : await engines.preferred(row.engine);
    const { status, block, makes }: Partial<Said> = chain ? await ask(chain) : {};
    const changing = context.changing.get(name);
    const mining = makes?.mining ?? store.controls.mining(name);
    const number = block?.number ?? null;
    if (number !== null && number !== row.blockNumber) store.setBlock(name, number);
    return {
      name,
      kind: network.kind === 'fork' ? 'fork' : 'local',
      status: changing ?? status ?? 'stopped',
      engine,
      ownEngine: row.engine,
      rpcUrl: row.port === null ? null : publicUrl(row.port),
      port: row.port,
      chainId: chain ? row.chainId : (creation.chainId ?? network.servedChainId ?? row.chainId),
      pid: process && 'pid' in process ? process.pid : null,
      container: process && 'container' in process ? process.container : null,
      startedAt: chain ? row.startedAt : null,
      blockNumber: block ? number : row.blockNumber,
      blockHash: block?.hash ?? null,
      blockParentHash: block?.parentHash ?? null,
      blockTime: block?.time ?? null,
      clockDrift: driftOf(block?.time ?? null),
      baseFee: block?.baseFee ?? null,
      forkUrl: network.kind === 'fork' && network.url ? maskUrl(network.url) : null,
      forkBlock: row.forkBlock,
      codeSizeLimit: row.codeSizeLimit,
      creation,
      gateway: row.gateway,
      behindGateway: chain !== undefined && row.backend !== null,
      mining,
      pending: makes?.pending ?? null,
      next: makes?.next ?? null,
      sinceSnapshot: sinceSnapshot(row, block ? number : row.blockNumber),
      differs: differences(network.kind, { ...row, creation }, mining, makes?.next ?? null),
      savedAt: context.folder(name).savedAt(),
      diskBytes: await diskBytes(name),
      preparing: context.preparing.get(name) ?? null,
      problem: row.process && !chain && !changing ? UNKNOWN : row.problem,
      note: noteOn(status, block) ?? (chain ? await connectionNote(row) : null),
    };
  }

  function sinceSnapshot(row: ChainRow, block: number | null): Chain['sinceSnapshot'] {
    const current = row.currentSnapshot === null ? undefined : store.snapshot(row.currentSnapshot);
    if (!current) return null;
    const { id, name, blockNumber } = current;
    const blocks = block === null ? null : block - blockNumber;
    return { id, name, blocks, changed: context.touched.has(row.name) };
  }

  /** What is wrong with the way to a chain, or with its way to what it forks from. */
  const connectionNote = async (row: ChainRow): Promise<string | null> =>
    (row.sealedUpstream === null ? null : await gateway.upstreamProblem(row.name)) ??
    gatewayNote(row);

  /** Why users' programs don't reach a chain as they should. */
  function gatewayNote(row: ChainRow): string | null {
    if (row.backend !== null) return gateway.problemOf(row.name);
    if (row.gateway === 'off' || !gateway.isWanted()) return null;
    return `${gateway.problemOf(row.name) ?? 'It was started without the gateway.'} Any web page can call this chain until it is restarted behind the gateway.`;
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

const driftOf = (time: number | null): number | null =>
  time === null ? null : time - Math.floor(Date.now() / 1000);

function noteOn(status: Said['status'] | undefined, block: LatestBlock | undefined): string | null {
  if (status === 'unresponsive' || status === 'paused') return NO_ANSWER[status];
  if (block?.time === null) {
    return `Its clock stands at ${block.clock} s, too far in the future to be shown as a time. Revert to a snapshot from before it was moved, or start the chain fresh.`;
  }
  return null;
}
