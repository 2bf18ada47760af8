import { RpcError } from '../../eth/rpc.ts';
import { AppError } from '../../shared/errors.ts';
import type { ChainAccounts } from './accounts.ts';
import type { ChainCalls } from './calls.ts';
import type { ChainsContext } from './context.ts';
import type { RunningChains } from './running.ts';

/** As nodes take it; numbers in hex. */
export interface UnsignedTransaction {
  from: string;
  to: string;
  data: string;
  value: string;
  /** Absent: as much as a block has. */
  gas?: string;
}

/**
 * Sends from any address: signed from an account of the chain, else without a signature, for which
 * nothing is switched on that a crash could leave on (docs/adr/052-*). Resolves to the
 * hash once the chain has the transaction, which is all that a revert, a snapshot or a deployment
 * waits for. Rejects with CHAIN_BUSY while a deployment has the chain, and with CHAIN_CALL_FAILED
 * when the chain doesn't take it.
 */
export function chainSender(
  context: ChainsContext,
  { requireRunning }: RunningChains,
  { asked }: ChainCalls,
  { addresses }: ChainAccounts,
) {
  return async (name: string, transaction: UnsignedTransaction): Promise<string> => {
    context.network(name);
    const hash = await context.change(name, () =>
      asked(name, async () => {
        const chain = await requireRunning(name);
        const from = transaction.from.toLowerCase();
        const signs = (await addresses(chain)).some((one) => one.toLowerCase() === from);
        const method = signs ? 'eth_sendTransaction' : 'eth_sendUnsignedTransaction';
        try {
          return await chain.call<string>(method, [transaction]);
        } catch (error) {
          if (!(error instanceof RpcError) || error.unreachable) throw error;
          throw refused(name, transaction, context.deps.mask(error.message));
        }
      }),
    );
    context.deps.changed({ topic: 'chains', key: name });
    return hash;
  };
}

function refused(name: string, { from }: UnsignedTransaction, said: string): AppError {
  const lacksEther = /insufficient funds|lack of funds/i.test(said);
  return new AppError(
    'CHAIN_CALL_FAILED',
    `${name} did not take the transaction: ${said}.${lacksEther ? ` ${from} can't pay for it: give it ether first.` : ''}`,
    lacksEther
      ? {
          fix: {
            label: `Give ${from} 1 ether`,
            command: `drydock chain fund ${name} ${from} 1`,
            call: { procedure: 'chains.fund', input: { chain: name, address: from, ether: '1' } },
          },
        }
      : {},
  );
}
