import { AppError } from '../../shared/errors.ts';
import { assertUnused } from './assert-unused.ts';
import { chainUrl, portOwner } from './port.ts';
import type { ChainsStore } from './store.ts';

interface RecordsDependencies {
  store: ChainsStore;
  /** Who deploys to the chain right now. */
  userOf: (chain: string) => string | undefined;
}

/** What the records say of chains; nothing is asked of the chains themselves. */
export function chainRecordsOf({ store, userOf }: RecordsDependencies) {
  return {
    store,
    portOwner,

    /** Address of a running chain; null when it isn't running. */
    recordedUrl(name: string): string | null {
      const row = store.chain(name);
      return row?.process && row.port !== null ? chainUrl(row.port) : null;
    },

    /** Throws CHAIN_BUSY while the chain of a network runs. */
    assertStopped(name: string): void {
      assertUnused(name, userOf);
      if (!store.chain(name)?.process) return;
      throw new AppError(
        'CHAIN_BUSY',
        `The chain of ${name} is running. Stop it, then change or remove the network.`,
        {
          fix: {
            label: `Stop ${name}`,
            command: `drydock chain stop ${name}`,
            call: { procedure: 'chains.stop', input: { chain: name } },
          },
        },
      );
    },
  };
}
