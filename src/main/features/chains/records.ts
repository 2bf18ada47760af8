import { AppError } from '../../shared/errors.ts';
import { assertUnused } from './assert-unused.ts';
import { chainUrl, portOwner, publicUrl } from './port.ts';
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
    /** Of everything that is sealed for chains. */
    sealed: () => [
      ...store.creations.sealed(),
      ...store.chains().flatMap(({ sealedUpstream }) => sealedUpstream ?? []),
    ],
    /** The id that a chain was created with, if one was chosen. */
    createdChainId: (name: string) => store.creations.of(name)?.chainId ?? null,

    /** Address of a running chain; null when it isn't running. */
    recordedUrl(name: string): string | null {
      const row = store.chain(name);
      return row?.process && row.port !== null ? chainUrl(row.port, row.backend) : null;
    },

    /** Address for users' programs; null before the first start. */
    publicUrl(name: string): string | null {
      const port = store.chain(name)?.port ?? null;
      return port === null ? null : publicUrl(port);
    },

    /** Users know a chain by its port; the address of its anvil is another one after each start. */
    shownInstead: (): [text: string, shown: string][] =>
      store
        .chains()
        .flatMap(({ port, backend }) =>
          port === null || backend === null ? [] : [[hostOf(backend), hostOf(publicUrl(port))]],
        ),

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

/** With its port. */
const hostOf = (url: string): string => new URL(url).host;
