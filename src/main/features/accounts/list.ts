import { getAddress, type Hex } from 'viem';
import { inRounds } from '../../eth/in-rounds.ts';
import type { IndexedHead } from '../../eth/inside/indexed-chain.ts';
import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { clampedInteger, safeInteger } from '../../shared/safe-integer.ts';
import type { AccountEntry, AccountList, KeptEntry, NetworkEntry } from './contract.ts';
import type { AccountsStore } from './store.ts';
import { balancesOf, tokensAmong } from './tokens.ts';

/** What is indexed of our chains. */
export interface CreationIndex {
  upTo(chain: string, withinMs: number): Promise<IndexedHead | null>;
  created(head: IndexedHead, limit: number): string[];
  creators(head: IndexedHead, limit: number): string[];
}

export interface ListDependencies {
  store: AccountsStore;
  index: CreationIndex;
  /** Addresses of contracts that are known on a network, the newest first. */
  knownContracts: (network: string, limit: number) => readonly string[];
  namesOn: (from: ReadNetwork) => Names;
}

/** A list waits no longer for the index. */
const INDEX_MS = 100;
/** Contracts that are looked at for tokens; a remote node counts each call against its limits. */
const MOST_CONTRACTS = { own: 1000, remote: 20 };
const MOST_CREATIONS = 5000;

/**
 * What accounts have on a network. Rejects with RpcError.
 *
 * @param development of the chain, in their order
 */
export async function listAccounts(
  { store, index, knownContracts, namesOn }: ListDependencies,
  from: ReadNetwork,
  development: readonly string[],
): Promise<AccountList> {
  const { name, isOwn } = from;
  const names = namesOn(from);
  const [head, blockNumber] = await Promise.all([
    isOwn ? index.upTo(name, INDEX_MS) : null,
    from.call<string>('eth_blockNumber'),
  ]);
  const found = listed(development, store.all(name, 'watched'), store.all(name, 'impersonated'));
  const most = isOwn ? MOST_CONTRACTS.own : MOST_CONTRACTS.remote;
  const contracts = [
    ...new Set([
      ...knownContracts(name, most),
      ...(head ? index.created(head, most).map((one) => getAddress(one)) : []),
    ]),
  ] as Hex[];
  const tokens = await tokensAmong(from, names, contracts.slice(0, most));
  const creators = head && new Set(index.creators(head, MOST_CREATIONS));
  const balances = await balancesOf(
    from,
    tokens,
    found.map(({ address }) => address),
  );
  const accounts = await inRounds(
    from,
    found,
    async (one): Promise<Omit<AccountEntry, 'balances'>> => {
      const [balance, nonce, code, known] = await Promise.all([
        from.call<string>('eth_getBalance', [one.address, 'latest']),
        from.call<string>('eth_getTransactionCount', [one.address, 'latest']),
        from.call<string>('eth_getCode', [one.address, 'latest']),
        names.contractAt(one.address),
      ]);
      return {
        ...one,
        contract: known?.name ?? null,
        label: known?.label ?? names.labelAt(one.address),
        balance: BigInt(balance).toString(),
        nonce: safeInteger(nonce),
        hasCode: code !== '0x',
        creates: creators?.has(one.address.toLowerCase()) ?? null,
      };
    },
  );
  return {
    ...{ network: name, isOwn, blockNumber: clampedInteger(blockNumber), tokens },
    accounts: accounts.map((one, i) => ({ ...one, balances: balances[i] ?? [] })),
    moreTokens: contracts.length > most,
  };
}

interface Listed extends Pick<AccountEntry, 'index' | 'watched' | 'impersonated'> {
  address: Hex;
}

/** Each address once: the development accounts first, then those that were added, the oldest first. */
function listed(
  development: readonly string[],
  watched: readonly NetworkEntry[],
  impersonated: readonly NetworkEntry[],
): Listed[] {
  const all = new Map<string, Listed>();
  const at = (address: string): Listed => {
    const known = all.get(address);
    if (known) return known;
    const one = { address: address as Hex, index: null, watched: null, impersonated: null };
    all.set(address, one);
    return one;
  };
  for (const [index, address] of development.entries()) at(getAddress(address)).index = index;
  for (const one of watched) at(one.address).watched = keptOf(one);
  for (const one of impersonated) at(one.address).impersonated = keptOf(one);
  return [...all.values()];
}

const keptOf = ({ note, since }: NetworkEntry): KeptEntry => ({ note, since });
