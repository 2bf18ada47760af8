import pRetry from 'p-retry';
import type { Preparation } from '../../engines/engine.ts';
import type { OwnChoice } from '../../engines/engines.ts';
import { AppError } from '../../shared/errors.ts';
import {
  type Destination,
  ownDestination,
  remoteDestination,
  type TargetNetwork,
} from './destination.ts';
import type { HoldChain } from './held-chain.ts';

/** Tries to reach a network before anything is sent: at once, then after 0.5 s and 1 s. */
const RETRIES = { retries: 2, minTimeout: 500, factor: 2 };

/** Reaches a network. The caller releases its chain, if it has one. */
export async function reach(
  asked: {
    network: TargetNetwork;
    from: string | null;
    hasKeystore: boolean;
    rather: OwnChoice;
  },
  holdChain: HoldChain,
  preparation: Required<Preparation>,
): Promise<Destination> {
  const { network, from, hasKeystore, rather } = asked;
  const { note } = preparation;
  const attempt = async () => {
    if (network.kind === 'remote') return remoteDestination(network, from, hasKeystore);
    const chain = await holdChain(network.name, preparation, rather);
    try {
      if (chain.startedNow) note(`Started the chain ${network.name} at ${chain.publicUrl}.`);
      if (chain.mines !== null) note(minesOtherwise(network.name, chain.mines));
      return ownDestination(chain, from);
    } catch (error) {
      await chain[Symbol.asyncDispose]();
      throw error;
    }
  };
  const mayHelp = (error: Error) => error instanceof AppError && error.code === 'RPC_UNREACHABLE';
  return pRetry(attempt, {
    ...RETRIES,
    shouldRetry: ({ error }) => mayHelp(error),
    onFailedAttempt: ({ error, retriesLeft }) => {
      if (retriesLeft > 0 && mayHelp(error)) note(`${error.message} Trying again.`);
    },
  });
}

const minesOtherwise = (name: string, mines: string): string =>
  `${name} mines ${mines}. For this run it mines on demand, at first what is pending, and is put back after it.`;
