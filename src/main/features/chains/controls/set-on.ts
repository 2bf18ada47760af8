import type { Rpc } from '../../../eth/rpc.ts';
import type { ChainCalls } from '../calls.ts';
import type { ChainsContext } from '../context.ts';

/**
 * Changes a chain that runs, which it has to itself. Rejects with CHAIN_NOT_RUNNING,
 * CHAIN_CALL_FAILED, and with CHAIN_BUSY while a deployment has it.
 */
export type SetOn = (chain: string, work: (call: Rpc) => Promise<void>) => Promise<void>;

export const setOn =
  (context: ChainsContext, { touch }: ChainCalls): SetOn =>
  async (name, work) => {
    context.network(name);
    await context.change(name, () => touch(name, ({ call }) => work(call)));
  };
