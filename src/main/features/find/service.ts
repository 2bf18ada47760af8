import { setImmediate as turn } from 'node:timers/promises';
import { getAddress } from 'viem';
import type { IndexedHead } from '../../eth/inside/indexed-chain.ts';
import type { FindInput, FoundThing } from './contract.ts';
import type { FindStore } from './store.ts';

/** Of each kind on each chain. */
const MOST_BEGINNING = 6;

export interface FindDependencies {
  store: FindStore;
  chains: () => readonly { name: string }[];
  index: {
    head(chain: string): IndexedHead | null;
    beginning(
      head: IndexedHead,
      prefix: string,
      limit: number,
    ): { transactions: string[]; blocks: string[]; addresses: string[] };
  };
}

const hexPrefix = /^0x[0-9a-f]{4,64}$/;
const runNumber = /^(.*?)\s*#(\d{1,9})$/;

export function findService({ store, chains, index }: FindDependencies) {
  function* inIndex(prefix: string): Generator<FoundThing> {
    for (const { name: network } of chains()) {
      const head = index.head(network);
      if (!head) continue;
      const found = index.beginning(head, prefix, MOST_BEGINNING);
      const things = (kind: FoundThing['kind'], values: readonly string[]) =>
        values.map((value) => ({ kind, title: value, detail: '', network, id: null, value }));
      yield* things('transaction', found.transactions);
      yield* things('block', found.blocks);
      yield* things(
        'address',
        found.addresses.map((one) => getAddress(one)),
      );
    }
  }

  function* search(text: string, network: string | null): Generator<readonly FoundThing[]> {
    const of = (kind: FoundThing['kind'], rows: readonly Omit<FoundThing, 'kind'>[]) =>
      rows.map((row) => ({ kind, ...row }));
    const [, project, number] = runNumber.exec(text) ?? [];
    if (number !== undefined) yield of('run', store.numbered(project ?? '', Number(number)));
    yield of('project', store.projects(text));
    yield of('contract', store.contracts(text, network));
    yield of('address', store.labels(text));
    yield of('account', store.accounts(text));
    if (hexPrefix.test(text)) {
      yield of('transaction', store.sent(text));
      yield [...inIndex(text)];
    } else {
      yield of('snapshot', store.snapshots(text));
      yield of('run', store.titled(text));
    }
  }

  return {
    /**
     * Returns the best matches of each kind, those on the given network first. Aborting the signal
     * ends the search.
     */
    async things({ text, network, limit }: FindInput, signal?: AbortSignal): Promise<FoundThing[]> {
      const asked = text.trim().toLowerCase();
      if (asked === '') return [];
      const lists: (readonly FoundThing[])[] = [];
      for (const list of search(asked, network ?? null)) {
        lists.push(list);
        await turn();
        signal?.throwIfAborted();
      }
      return once(inTurn(lists.map((list) => here(list, network)))).slice(0, limit);
    },
  };
}

export type FindService = ReturnType<typeof findService>;

const here = (list: readonly FoundThing[], network: string | undefined): FoundThing[] =>
  list.toSorted((a, b) => Number(b.network === network) - Number(a.network === network));

/** One of each list after the other, so that no kind hides the others. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) =>
    lists.flatMap((list) => (at < list.length ? [list[at] as T] : [])),
  ).flat();
}

/** A transaction of a deployment is in the index as well, a contract may have a label. */
function once(things: readonly FoundThing[]): FoundThing[] {
  const seen = new Set<string>();
  return things.filter(({ kind, network, id, value }) => {
    const key = `${kind === 'address' ? 'contract' : kind} ${network} ${id ?? value}`;
    return !seen.has(key) && seen.add(key);
  });
}
