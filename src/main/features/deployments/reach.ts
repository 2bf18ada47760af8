import pRetry from 'p-retry';
import type { Preparation } from '../../engines/engine.ts';
import type { OwnChoice } from '../../engines/engines.ts';
import { AppError } from '../../kit/errors.ts';
import {
  type Destination,
  type HeldChain,
  ownDestination,
  remoteDestination,
  type TargetNetwork,
} from './target.ts';

/** Tries to reach a network before anything was sent: at once, then after 0.5 s and 1 s. */
const RETRIES = { retries: 2, minTimeout: 500, factor: 2 };

/** Starts a chain of ours if need be, and keeps everybody else from changing it during `work`. */
export type HoldChain = (
  name: string,
  work: (chain: HeldChain, startedNow: boolean) => Promise<void>,
  preparation: Preparation,
  rather: OwnChoice,
) => Promise<void>;

/**
 * Gets hold of a network, gives the destination to `work`, and lets go after it. Network trouble
 * before the work has begun is tried again; afterwards never.
 */
export async function reach(
  asked: {
    network: TargetNetwork;
    from: string | null;
    /** A keystore signs, and not the node. */
    hasAccount: boolean;
    rather: OwnChoice;
  },
  holdChain: HoldChain,
  preparation: Required<Preparation>,
  work: (to: Destination) => Promise<void>,
): Promise<void> {
  const { network, from, hasAccount, rather } = asked;
  const { note } = preparation;
  let begun = false;
  const begin = (to: Destination) => {
    begun = true;
    return work(to);
  };
  const attempt = async () => {
    if (network.kind === 'remote') return begin(await remoteDestination(network, from, hasAccount));
    return holdChain(
      network.name,
      async (chain, startedNow) => {
        if (startedNow) note(`Started the chain ${network.name} at ${chain.url}.`);
        await begin(await ownDestination(chain, from));
      },
      preparation,
      rather,
    );
  };
  const mayHelp = (error: Error) =>
    !begun && error instanceof AppError && error.code === 'RPC_UNREACHABLE';
  await pRetry(attempt, {
    ...RETRIES,
    shouldRetry: ({ error }) => mayHelp(error),
    onFailedAttempt: ({ error, retriesLeft }) => {
      if (retriesLeft > 0 && mayHelp(error)) note(`${error.message} Trying again.`);
    },
  });
}
