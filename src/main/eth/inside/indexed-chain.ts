import type { Role } from '../../shared/roles.ts';

/** How far a chain's index goes. */
export interface IndexedHead {
  /** Of the chain, in the index. */
  id: number;
  number: number;
  hash: string;
  /** In all blocks of the index. */
  transactions: number;
}

/** A block of an index. Hashes are hex with 0x; amounts are decimal. */
export interface IndexedBlock {
  number: number;
  hash: string;
  /** Unix time, s. */
  timestamp: number;
  gasUsed: string;
  gasLimit: string;
  baseFee: string | null;
  transactions: number;
  /** Transactions of the chain before this block. */
  firstTransaction: number;
}

/** A transaction of an index. Hashes and addresses are hex with 0x; amounts are decimal. */
export interface IndexedTransaction {
  /** Among all of the chain, from 0. */
  ordinal: number;
  blockNumber: number;
  /** Within its block. */
  position: number;
  hash: string;
  from: string;
  to: string | null;
  /** The contract that it created itself. */
  created: string | null;
  value: string;
  /** null: it is longer than the index keeps. */
  input: string | null;
  succeeded: boolean;
  gasUsed: string;
  /** Unix time of its block, s. */
  timestamp: number;
  /** To which its receiver has passed it on; empty: to none, null: that isn't known. */
  implementation: string | null;
}

/** What is indexed of the calls of a transaction. */
export interface TouchedByCalls {
  addresses: readonly TouchedAddress[];
  /** As in `IndexedTransaction`. */
  implementation: string | null;
}

/** What the calls within a transaction had to do with an address. */
export interface TouchedAddress {
  /** Hex with 0x. */
  address: string;
  role: Extract<Role, 'created' | 'called'>;
}
