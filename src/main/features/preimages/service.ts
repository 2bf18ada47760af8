import type { PreState } from '../../eth/inside/recorded-transaction.ts';
import { type StorageKey, storageKeys, type TracedKeys } from '../../eth/inside/storage-keys.ts';
import type { Preimages } from '../../eth/inside/storage-names.ts';
import { inSmallSteps } from '../../lib/small-steps.ts';
import type { Postponed, PreimagesStore } from './store.ts';

/** Of a network; the oldest are forgotten first. */
const MOST_OF_NETWORK = 50_000;
/** Transactions of a network, for each contract that they touched. */
const MOST_POSTPONED = 20_000;
/** Slots of which nothing that was hashed is known, as those that code has as constants. */
const MOST_UNEXPLAINED = 20_000;
/** No mapping lies in so low a slot, nor what one leads to. */
const LOWEST_HASH = 1n << 64n;

/** Keeps what was hashed to find slots of contracts: storage itself has nothing but the hashes. */
export function preimagesService(store: PreimagesStore, mostOfNetwork = MOST_OF_NETWORK) {
  const closing = new AbortController();
  const unexplained = new Set<string>();
  const nameOf = (network: string, address: string, slot: string) =>
    `${network} ${address.toLowerCase()} ${BigInt(slot)}`;

  const isNew =
    (network: string) =>
    ([address, slot]: readonly [string, string]): boolean =>
      !unexplained.has(nameOf(network, address, slot)) &&
      !store.explains(network, address, BigInt(slot));

  return {
    /** What is known of the storage of a contract, by hash, in the order in which it was found. */
    of: (network: string, address: string): Preimages => new Map(store.of(network, address)),

    /** Of several contracts together. */
    ofAll: (network: string, addresses: readonly string[]): Preimages =>
      new Map(addresses.flatMap((address) => store.of(network, address))),

    /** Whether a transaction has touched slots whose keys are not known, by what it has found. */
    isNews(network: string, state: PreState): boolean {
      return slotsIn(state).some(isNew(network));
    },

    /**
     * Notes a transaction whose keys are to be found when they are asked for.
     *
     * @param created contracts, of which nothing is in what it has found
     */
    postpone(network: string, one: Postponed, state: PreState, created: Iterable<string>): void {
      const touched = slotsIn(state).filter(isNew(network));
      const addresses = new Set([...touched.map(([at]) => at.toLowerCase()), ...created]);
      if (addresses.size > 0) store.postpone(network, one, [...addresses], MOST_POSTPONED);
    },
    postponed: store.postponed,
    /** What a transaction has hashed is kept. */
    found: store.found,
    /** It can't be found. */
    refuse: store.refuse,

    /**
     * Keeps what a transaction has hashed, as far as it led to slots.
     *
     * @param state what it has found: of slots that stay unknown it is not asked again
     */
    keep(network: string, traced: TracedKeys, state: PreState = {}): void {
      const keys: StorageKey[] = storageKeys(traced);
      if (keys.length > 0) store.add(network, keys, mostOfNetwork);
      for (const [address, slot] of slotsIn(state)) {
        if (store.explains(network, address, BigInt(slot))) continue;
        if (unexplained.size >= MOST_UNEXPLAINED) unexplained.clear();
        unexplained.add(nameOf(network, address, slot));
      }
    },

    /** A network is gone, and what was found on it goes. */
    async forget(network: string): Promise<void> {
      store.removeNetwork(network);
      unexplained.clear();
      try {
        const { signal } = closing;
        await inSmallSteps(store.removeOrphans, { first: 100, most: 5000, signal });
      } catch (error) {
        if (!closing.signal.aborted) throw error;
      }
    },

    close: (): void => closing.abort(new Error('Drydock is closing')),
  };
}

const slotsIn = (state: PreState): [address: string, slot: string][] =>
  Object.entries(state).flatMap(([address, { storage }]) =>
    Object.keys(storage ?? {})
      .filter((slot) => BigInt(slot) >= LOWEST_HASH)
      .map((slot): [string, string] => [address, slot]),
  );
