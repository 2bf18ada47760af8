import type { Engine, Preparation, RunRef } from '../../engines/engine.ts';
import type { OwnChoice } from '../../engines/engines.ts';
import type { ChainAccounts } from './accounts.ts';
import type { ChainCalls } from './calls.ts';
import type { ChainLifecycle } from './lifecycle.ts';
import type { ChainsContext } from './parts.ts';
import type { RunningChains } from './running.ts';
import type { ChainSnapshots } from './snapshots/snapshots.ts';

/** A chain held for a deployment. */
export interface HeldChain {
  url: string;
  /** Where it runs. */
  engine: Engine;
  chainId: number;
  /** Takes the automatic snapshot. */
  snapshot: (name: string) => Promise<{ id: number; name: string }>;
  /** Lets the node sign for an address that is not one of its own. */
  impersonate: (address: string) => Promise<void>;
  accounts: () => Promise<string[]>;
  isRunning: () => Promise<boolean>;
  /** Tells when the chain's process ends. Answers how to stop listening. */
  onEnd: (listener: () => void) => () => void;
}

/** How often a held chain's process is looked at. */
const LOOK_EVERY_MS = 200;

interface HoldParts {
  chains: RunningChains;
  lifecycle: ChainLifecycle;
  calls: ChainCalls;
  accounts: ChainAccounts;
  snapshots: ChainSnapshots;
}

/** How a deployment has a chain to itself. */
export function chainHold(
  context: ChainsContext,
  { chains, lifecycle, calls: { asked }, accounts, snapshots }: HoldParts,
) {
  const { engines, changed } = context.parts;

  /**
   * Starts the chain if need be, and holds it while `work` runs. `rather` is where it is started if
   * nothing was chosen for it.
   */
  function hold<T>(
    name: string,
    work: (chain: HeldChain, startedNow: boolean) => Promise<T>,
    preparation?: Preparation,
    rather?: OwnChoice,
  ): Promise<T> {
    return context.hold(name, async () => {
      const before = await chains.running(name);
      const startedNow = before === undefined;
      if (startedNow) await asked(name, () => lifecycle.start(name, {}, { preparation, rather }));
      const chain = before ?? (await chains.requireRunning(name));
      const result = await work(
        {
          url: chain.url,
          engine: engines.of(chain.row.process as RunRef),
          chainId: chain.row.chainId,
          snapshot: (label) => asked(name, () => snapshots.automatic(chain, label)),
          impersonate: async (address) => {
            await chain.call('anvil_impersonateAccount', [address]);
          },
          accounts: () => accounts.addresses(chain),
          isRunning: async () => (await chains.running(name)) !== undefined,
          onEnd(listener) {
            let looking = false;
            const timer = setInterval(async () => {
              if (looking) return;
              looking = true;
              const runs = await chains.running(name).finally(() => {
                looking = false;
              });
              if (runs) return;
              clearInterval(timer);
              listener();
            }, LOOK_EVERY_MS);
            return () => clearInterval(timer);
          },
        },
        startedNow,
      );
      changed({ topic: 'chains', key: name });
      return result;
    });
  }

  return hold;
}
