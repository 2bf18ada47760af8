import { RpcError } from '../../eth/rpc.ts';
import { upstreamFailure } from '../../eth/upstream-failure.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import { AppError } from '../../shared/errors.ts';
import type { ChainCalls } from './calls.ts';
import type { ChainsContext } from './context.ts';
import type { RunningChain } from './running.ts';

/** As nodes take it; numbers in hex. */
export interface UnsignedTransaction {
  from: string;
  to: string;
  data: string;
  value: string;
  /** Absent: as much as a block has. */
  gas?: string;
}

interface SendContext extends Pick<ChainsContext, 'change'> {
  network(name: string): unknown;
  deps: Pick<ChainsContext['deps'], 'mask' | 'changed'> & {
    creations: Pick<ChainsContext['deps']['creations'], 'devAddresses'>;
  };
}

interface SendingChains {
  requireRunning(name: string): Promise<Pick<RunningChain, 'call'>>;
}

/**
 * Sends from any address: signed from an account of the chain, else without a signature, for which
 * nothing is switched on that a crash could leave on (docs/adr/052-*). Resolves to the
 * hash once the chain has the transaction, which is all that a revert, a snapshot or a deployment
 * waits for. Rejects with CHAIN_BUSY while a deployment has the chain, with CHAIN_CALL_FAILED when the
 * chain doesn't take it, and with RPC_UNREACHABLE when it may have taken it and doesn't respond.
 */
export function chainSender(
  context: SendContext,
  { requireRunning }: SendingChains,
  { asked }: Pick<ChainCalls, 'asked'>,
) {
  return async (name: string, transaction: UnsignedTransaction): Promise<string> => {
    context.network(name);
    const hash = await context.change(name, () =>
      asked(name, async () => {
        const chain = await requireRunning(name);
        const from = transaction.from.toLowerCase();
        const own = context.deps.creations.devAddresses(name);
        const signs = own.some((one) => one.toLowerCase() === from);
        const method = signs ? 'eth_sendTransaction' : 'eth_sendUnsignedTransaction';
        try {
          return await chain.call<string>(method, [transaction]);
        } catch (error) {
          if (!(error instanceof RpcError)) throw error;
          // A chain that has ended over it says why.
          if (error.mayBeDone && (await requireRunning(name))) throw mayBeSent(name, transaction);
          if (error.unreachable) throw error;
          if (upstreamFailure(error.message) !== null) throw error;
          throw refused(name, transaction, context.deps.mask(error.message));
        }
      }),
    );
    context.deps.changed({ topic: 'chains', key: name });
    return hash;
  };
}

const mayBeSent = (name: string, { from }: UnsignedTransaction): AppError =>
  new AppError(
    'RPC_UNREACHABLE',
    `${name} has not responded since it was given the transaction: it may have been sent. Test or restart ${name}, and look at what ${from} has sent before you send it again.`,
    {
      fix: {
        label: `Look at what ${from} has sent`,
        command: `drydock address transactions ${from} --network ${name}`,
      },
    },
  );

function refused(name: string, { from }: UnsignedTransaction, said: string): AppError {
  const lacksEther = /insufficient funds|lack of funds/i.test(said);
  return new AppError(
    'CHAIN_CALL_FAILED',
    `${name} did not take the transaction: ${asSentence(said)}${lacksEther ? ` ${from} can't pay for it: give it ether first.` : ''}`,
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
