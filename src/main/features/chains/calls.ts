import { RpcError } from '../../eth/rpc.ts';
import { upstreamDown } from '../../eth/upstream-failure.ts';
import { AppError } from '../../shared/errors.ts';
import type { ChainsContext } from './context.ts';
import type { RunningChain, RunningChains } from './running.ts';

/** What is asked of a chain that runs. */
export function chainCalls(context: ChainsContext, chains: RunningChains) {
  /** Turns what a chain refuses into CHAIN_CALL_FAILED, or CHAIN_NOT_RUNNING if it has gone. */
  async function asked<T>(name: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      const network = context.network(name);
      if (error.unreachable) await chains.requireRunning(name);
      const origin = context.deps.originOf(name);
      const lacking = upstreamDown(name, origin, error.message, 'CHAIN_CALL_FAILED');
      if (lacking) throw lacking;
      const upstream =
        network.kind === 'fork'
          ? ' If it needs data from its upstream, check that address too.'
          : '';
      const message = context.deps.mask(error.message);
      const what = error.unreachable ? `does not respond (${message})` : `refused: ${message}`;
      throw new AppError(
        'CHAIN_CALL_FAILED',
        `The chain ${name} ${what}. Restart it if this goes on.${upstream}`,
        {
          fix: {
            label: `Restart ${name}`,
            command: `drydock chain restart ${name}`,
            call: { procedure: 'chains.restart', input: { chain: name } },
          },
        },
      );
    }
  }

  /** A change that leaves no block behind, or that a snapshot must not miss. */
  async function touch(name: string, work: (chain: RunningChain) => Promise<void>): Promise<void> {
    const chain = await chains.requireRunning(name);
    await context.saving.get(name);
    await asked(name, () => work(chain));
    context.touched.add(name);
    context.deps.changed({ topic: 'chains', key: name });
  }

  return { asked, touch };
}

export type ChainCalls = ReturnType<typeof chainCalls>;
