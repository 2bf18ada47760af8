import type { TreeNames } from '../../eth/inside/call-tree.ts';
import type { RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';
import { compareGas } from './compare.ts';
import type { GasCompareInput, GasComparison, GasReport, GasReportInput } from './contract.ts';
import { Count } from './count.ts';
import { deploymentNamed } from './deployment-named.ts';
import type { GasStore } from './store.ts';
import { newestHashes, newestStanding } from './unrecorded.ts';

export interface GasDependencies {
  store: GasStore;
  /** As `networkReader` makes it. */
  reading: Reading;
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => unknown;
  namesOn: (from: ReadNetwork) => TreeNames;
  /** Resolves when what compilers have left by now is known. */
  fresh: () => Promise<void>;
  /** What is recorded of a chain as it is; null: nothing is. */
  stopped: (chain: string) => ReadNetwork | null;
  /** What was recorded of a transaction the last time that it was mined; null: nothing. */
  recordedOf: (chain: string, hash: string, block: null) => RecordedTransaction | null;
  /** What was recorded of the blocks that a chain has, the newest first. */
  recordedIn: (
    chain: string,
    blocks: { from: number; to: number },
  ) => AsyncIterable<RecordedTransaction>;
  /** Blocks of which is known what they hold, the newest first; some may have been taken back since. */
  recordedBlocks: (chain: string) => Iterable<{ number: number; hash: string }>;
}

const DEFAULT_NETWORK = 'local';
const NEWEST = Number.MAX_SAFE_INTEGER - 1;

/** A network of which only what was recorded can be told. */
const STOPPED: ErrorCode = 'CHAIN_NOT_RUNNING';
const AWAY: readonly ErrorCode[] = [STOPPED, 'RPC_UNREACHABLE', 'NETWORK_NOT_FOUND'];

/** Adds up the gas of calls, as they were recorded; what wasn't is asked of the network itself. */
export function gasService(deps: GasDependencies) {
  const { store, namesOn } = deps;

  /** Returns whether the network could be read; `stopped`: it is a chain that does not run. */
  async function ifThere(
    network: string,
    work: (from: ReadNetwork) => Promise<void>,
  ): Promise<{ isThere: boolean; stopped: boolean }> {
    try {
      await deps.reading(network, work);
      return { isThere: true, stopped: false };
    } catch (error) {
      if (!(error instanceof AppError) || !AWAY.includes(error.code)) throw error;
      return { isThere: false, stopped: error.code === STOPPED };
    }
  }

  async function ofDeployment(asked: string): Promise<GasReport> {
    const { deployment, commit } = deploymentNamed(store, asked);
    const network = deployment.target;
    const count = new Count(network, namesOn, deps.stopped(network));
    const missing: string[] = [];
    for (const hash of store.hashesOf(deployment.id)) {
      if (count.isFull()) break;
      if (!(await count.add(deps.recordedOf(network, hash, null)))) missing.push(hash);
    }
    const { isThere, stopped } = await ifThere(network, (from) => count.addLive(from, missing));
    if (!isThere) count.notKnown(missing.length);
    const blocks = { fromBlock: null, toBlock: null };
    return { network, deployment, commit, ...blocks, stopped, ...(await count.report()) };
  }

  async function ofBlocks(
    network: string,
    { fromBlock, toBlock }: Pick<GasReportInput, 'fromBlock' | 'toBlock'>,
  ): Promise<GasReport> {
    deps.network(network);
    const [first, last] = [fromBlock ?? 0, toBlock ?? NEWEST];
    const count = new Count(network, namesOn, deps.stopped(network));
    // What is recorded meanwhile is not counted twice.
    let recordedTo = last;
    const { stopped } = await ifThere(network, async (from) => {
      recordedTo = Math.min(last, await newestStanding(from, deps.recordedBlocks(network)));
      const gap = { from: Math.max(first, recordedTo + 1), to: last };
      const { hashes, isAll } = await newestHashes(from, gap);
      if (!isAll) count.leftOut();
      await count.addLive(from, hashes);
    });
    for await (const recorded of deps.recordedIn(network, { from: first, to: recordedTo })) {
      if (count.isFull()) break;
      if (!(await count.add(recorded))) count.notKnown(1);
    }
    return {
      ...{ network, deployment: null, commit: null, stopped },
      ...{ fromBlock: fromBlock ?? null, toBlock: toBlock ?? null, ...(await count.report()) },
    };
  }

  async function report({ deployment, network, ...blocks }: GasReportInput): Promise<GasReport> {
    await deps.fresh();
    return deployment === undefined
      ? ofBlocks(network ?? DEFAULT_NETWORK, blocks)
      : ofDeployment(deployment);
  }

  return {
    report,
    async compare({ before, after }: GasCompareInput): Promise<GasComparison> {
      await deps.fresh();
      return compareGas(await ofDeployment(before), await ofDeployment(after));
    },
  };
}

export type GasService = ReturnType<typeof gasService>;
