import type {
  IndexedBlock,
  IndexedHead,
  IndexedTransaction,
} from '../../eth/inside/indexed-chain.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { Role } from '../../shared/roles.ts';

/** What is indexed of our chains. */
export interface ChainIndex {
  /** The head at the newest block of a chain; null: it is far from there, and takes longer. */
  upTo(chain: string, withinMs: number): Promise<IndexedHead | null>;
  /** How far a chain is indexed, whether it still has those blocks or not. */
  head(chain: string): IndexedHead | null;
  first(head: IndexedHead): number;
  countBefore(head: IndexedHead, number: number, position?: number): number | null;
  transactions(head: IndexedHead, below: number, limit: number): IndexedTransaction[];
  ofAddress(
    head: IndexedHead,
    address: string,
    below: number,
    limit: number,
  ): (IndexedTransaction & { roles: Role[] })[];
  creationOf(head: IndexedHead, address: string): string | null;
  isCreatedSince(head: IndexedHead, address: string, after: number): boolean;
  blocks(head: IndexedHead, from: number, limit: number): IndexedBlock[];
  beginning(
    head: IndexedHead,
    prefix: string,
    limit: number,
  ): { transactions: string[]; blocks: string[]; addresses: string[] };
}

/** A page that can be read from the node waits no longer for the index. */
const PAGE_MS = 100;

/**
 * The index of a network, at its newest block, of a chain that does not run as far as it goes; null:
 * it is read from its node.
 */
export async function indexOf(
  index: ChainIndex,
  { isOwn, isStopped, name }: ReadNetwork,
  withinMs = PAGE_MS,
): Promise<IndexedHead | null> {
  if (!isOwn) return null;
  return isStopped ? index.head(name) : index.upTo(name, withinMs);
}
