import { keccak256 } from 'viem';
import type { AccountChange } from '../../../eth/inside/state-changes.ts';
import type { StorageLayout } from '../../../eth/inside/storage-layout.ts';
import type { Preimages } from '../../../eth/inside/storage-names.ts';
import { variableChanges } from '../../../eth/inside/variable-changes.ts';
import type { VariableChange } from '../../../shared/decoded.ts';
import type { DiffCode, DiffVariable } from '../contract.ts';
import { authorityOf, roleNames } from './authority.ts';
import { type LikelyKeys, likelyPreimages } from './likely-preimages.ts';

/** A function without side effects that returns one simple value, such as those of public variables. */
export interface Getter {
  name: string;
  inputs: readonly string[];
  output: string;
}

/** What is known of contracts with the same code. */
export interface ContractFacts {
  layout: StorageLayout | null;
  /** Names of the roles that its ABI tells of. */
  roles: readonly string[];
  getters: readonly Getter[];
}

/** What is known of one account. */
export interface AccountFacts {
  contract: string | null;
  label: string | null;
  system: string | null;
  problem: string | null;
}

/** An account with its changes by the names of variables. */
export interface NamedAccount extends AccountFacts {
  change: AccountChange;
  /** keccak256 of the later code. */
  codeHash: string;
  variables: DiffVariable[];
  getters: readonly Getter[];
}

const NO_FACTS: ContractFacts = { layout: null, roles: [], getters: [] };
/** Hashes that are tried for values that nothing has recorded the key of: a tenth of a second. */
const MOST_TRIED = 5000;
/** No mapping leads to so low a slot. */
const LOWEST_HASH = 1n << 64n;

const mayHaveKey = ({ name, slot }: VariableChange): boolean =>
  name === null && BigInt(slot) >= LOWEST_HASH;

export async function namedAccount(
  change: AccountChange,
  facts: AccountFacts,
  { layout, roles, getters }: ContractFacts = NO_FACTS,
  preimages: Preimages = new Map(),
  addresses: readonly string[] = [],
): Promise<NamedAccount> {
  const names = roleNames(roles);
  let changes = await variableChanges(change.slots, layout, preimages);
  if (layout !== null && changes.some(mayHaveKey)) {
    const keys: LikelyKeys = {
      addresses: addresses.map(asWord),
      hashes: [...names.keys()].map(digits),
    };
    const likely = likelyPreimages(layout, keys, MOST_TRIED);
    const all = new Map([...likely, ...preimages]);
    changes = await variableChanges(change.slots, layout, all);
  }
  return {
    ...facts,
    ...{ change, getters, codeHash: keccak256((change.code?.after ?? '0x') as `0x${string}`) },
    variables: changes.map((one) => ({ ...one, authority: authorityOf(one, names) })),
  };
}

const digits = (hash: string): string => hash.slice(2);
const asWord = (address: string): string => address.slice(2).toLowerCase().padStart(64, '0');

export const codeFacts = (code: string): DiffCode => ({
  bytes: (code.length - 2) / 2,
  hash: code === '0x' ? null : keccak256(code as `0x${string}`),
});
