import { runKey } from '../../engines/engine.ts';
import { type ChainEnd, notRunning } from '../../eth/not-running.ts';
import { type Rpc, rpc } from '../../eth/rpc.ts';
import { upstreamFailure, upstreamWords } from '../../eth/upstream-failure.ts';
import { AppError } from '../../shared/errors.ts';
import { metadata, STATE_BYTES } from './anvil.ts';
import type { ChainsContext } from './context.ts';
import { endedWords } from './ended-words.ts';
import { exitReason } from './exit-reason.ts';
import { chainUrl } from './port.ts';
import type { ChainRow } from './store.ts';

/** A chain that runs: its row, and how to talk to it. */
export interface RunningChain {
  row: ChainRow;
  url: string;
  call: Rpc;
}

/** One that stands still is not waited for longer, where others wait for it. */
const ANSWER_MS = 1500;

/** What is recorded of the chains, held against what really runs. */
export function runningChains(context: ChainsContext) {
  const { store, engines, logger, emit, changed } = context.deps;

  /**
   * The chain if its process runs, adopting one that an earlier core started. One that has ended
   * by itself is recorded as stopped, with the reason.
   */
  async function running(name: string): Promise<RunningChain | undefined> {
    const row = store.chain(name);
    if (!row?.process || row.port === null) return undefined;
    const url = chainUrl(row.port, row.backend);
    const call = rpc(url, undefined, { maxBytes: STATE_BYTES });
    const alive = await isAlive(row, url);
    if (alive) return { row, url, call };
    // The record stays until that is known, or until what starts or stops it is done.
    if (alive === undefined || context.changing.has(name)) return undefined;
    const [end, reason] = await Promise.all([
      engines
        .of(row.process)
        .endOfService(row.process)
        .catch(() => null),
      exitReason(context.folder(name), context.deps.mask),
    ]);
    const key = runKey(row.process);
    const lacking = reason === undefined ? null : lackingUpstream(name, reason);
    const problem = lacking
      ? `anvil ended, as it could not read from its upstream. ${lacking.problem}. ${lacking.remedy}, then start ${name} again: it continues from the last saved state.`
      : `${endedWords(row.process, end, reason)}. Start the chain again: it continues from the last saved state.`;
    const noticed = store.transaction(() => {
      // Another call, or another core, may have noticed or restarted it meanwhile.
      const now = store.chain(name);
      if (!now?.process || runKey(now.process) !== key) return false;
      // Without an instance it is being started or stopped, and what does that knows more.
      const byItself = now.instance !== null;
      store.put({
        ...now,
        process: null,
        backend: null,
        sealedUpstream: null,
        instance: null,
        ...(byItself ? { problem } : {}),
      });
      if (byItself) emit({ type: 'chain.ended', chain: name, problem });
      return true;
    });
    if (!noticed) return running(name);
    logger.warn({ chain: name, end, reason }, 'chain ended without being stopped');
    changed({ topic: 'chains', key: name });
    return undefined;
  }

  function lackingUpstream(name: string, said: string) {
    const origin = context.deps.originOf(name);
    const failure = upstreamFailure(said);
    return origin && failure ? upstreamWords(name, origin, failure) : null;
  }

  /** If its engine can't be asked, the chain tells; undefined: it doesn't respond either. */
  async function isAlive(
    { process, instance }: ChainRow,
    url: string,
  ): Promise<boolean | undefined> {
    if (!process) return false;
    try {
      return await engines.of(process).isRunning(process);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const meta = await metadata(rpc(url, ANSWER_MS)).catch(() => undefined);
      return meta !== undefined && meta.instanceId === instance ? true : undefined;
    }
  }

  /** Throws CHAIN_NOT_FOUND, CHAIN_NOT_RUNNING. */
  async function requireRunning(name: string): Promise<RunningChain> {
    context.network(name);
    const chain = await running(name);
    if (chain) return chain;
    throw notRunning(name, endOf(name), '. Start it first.');
  }

  /** How a chain that does not run has ended; null: as it was asked to, or it has never run. */
  function endOf(name: string): ChainEnd | null {
    const problem = store.chain(name)?.problem ?? null;
    if (problem === null) return null;
    const upstream = context.deps.originOf(name)?.chain ?? null;
    const isAway = upstream !== null && !store.chain(upstream)?.process;
    return { problem, start: isAway ? upstream : name };
  }

  return { running, requireRunning, endOf };
}

export type RunningChains = ReturnType<typeof runningChains>;
