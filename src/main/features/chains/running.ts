import { type RunRef, runKey } from '../../engines/engine.ts';
import { AppError } from '../../kit/errors.ts';
import { type Rpc, rpc } from '../../kit/rpc.ts';
import { metadata } from './anvil.ts';
import { lastWords } from './last-words.ts';
import type { ChainsContext } from './parts.ts';
import { chainUrl } from './port.ts';
import type { ChainRow } from './store.ts';

/** A chain that runs: its row, and how to talk to it. */
export interface RunningChain {
  row: ChainRow;
  url: string;
  call: Rpc;
}

/** What is recorded of the chains, held against what really runs. */
export function runningChains(context: ChainsContext) {
  const { store, engines, logger, emit, changed } = context.parts;

  /**
   * The chain if its process runs, adopting one that an earlier core started. One that has ended
   * by itself is recorded as stopped, with the reason.
   */
  async function running(name: string): Promise<RunningChain | undefined> {
    const row = store.chain(name);
    if (!row?.process || row.port === null) return undefined;
    const url = chainUrl(row.port);
    const call = rpc(url);
    const alive = await isAlive(row, call);
    if (alive) return { row, url, call };
    // Nobody can tell; the record stays until somebody can.
    if (alive === undefined) return undefined;
    const reason = await lastWords(context.folder(name), context.network(name));
    const key = runKey(row.process);
    const problem = `${endedWords(row.process)}${reason ? `: ${reason}` : ''}. Start the chain again: it continues from the last saved state.`;
    const noticed = store.transaction(() => {
      // Another call, or another core, may have noticed or restarted it meanwhile.
      const now = store.chain(name);
      if (!now?.process || runKey(now.process) !== key) return false;
      // Without an instance it is being started or stopped, and whoever does that knows more.
      const byItself = now.instance !== null;
      store.put({ ...now, process: null, instance: null, ...(byItself ? { problem } : {}) });
      if (byItself) emit({ type: 'chain.ended', chain: name, problem });
      return true;
    });
    if (!noticed) return running(name);
    logger.warn({ chain: name, reason }, 'chain ended by itself');
    changed({ topic: 'chains', key: name });
    return undefined;
  }

  /** When its engine can't be asked, the chain itself tells; undefined: it doesn't answer either. */
  async function isAlive({ process, instance }: ChainRow, call: Rpc): Promise<boolean | undefined> {
    if (!process) return false;
    try {
      return await engines.of(process).isRunning(process);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const meta = await metadata(call).catch(() => undefined);
      return meta !== undefined && meta.instanceId === instance ? true : undefined;
    }
  }

  /** Throws CHAIN_NOT_FOUND, CHAIN_NOT_RUNNING. */
  async function requireRunning(name: string): Promise<RunningChain> {
    context.network(name);
    const chain = await running(name);
    if (chain) return chain;
    throw new AppError('CHAIN_NOT_RUNNING', `The chain ${name} is not running. Start it first.`, {
      fix: {
        label: `Start ${name}`,
        command: `drydock chain start ${name}`,
        call: { procedure: 'chains.start', input: { chain: name } },
      },
    });
  }

  return { running, requireRunning };
}

export type RunningChains = ReturnType<typeof runningChains>;

/** Who ended it nobody can tell: only that it wasn't us. */
const endedWords = (process: RunRef): string =>
  'container' in process
    ? 'The container of anvil is gone: anvil ended by itself, Docker was restarted, or something else ended it'
    : 'anvil is gone: it ended by itself, or something else ended it';
