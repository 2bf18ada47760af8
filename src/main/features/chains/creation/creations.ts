import { validateMnemonic } from '@scure/bip39';
import type { Hex } from 'viem';
import { english } from 'viem/accounts';
import type { Seal } from '../../../lib/secrets/seal.ts';
import { AppError } from '../../../shared/errors.ts';
import { byDefault } from '../contract.ts';
import { type DevAccounts, defaultDevAccounts, devAddresses, devKey } from './dev-accounts.ts';
import type { CreationRow, CreationsStore } from './store.ts';

/** As anvil gives to each development account by default, ether. */
export const DEFAULT_BALANCE = byDefault.balance;

/** Lists of addresses that are kept. */
const MOST_DERIVED = 100;

/** What a start asks of how a chain is created. Left out: as it was; null: as anvil does. */
export interface CreationWish {
  hardfork?: string | null;
  chainId?: number | null;
  accounts?: number | null;
  /** Of each development account, ether. */
  balance?: number | null;
  mnemonic?: string | null;
}

const AS_ANVIL: CreationRow = {
  ...{ hardfork: null, chainId: null, accounts: null, balance: null, sealedMnemonic: null },
};

interface CreationsDependencies {
  store: CreationsStore;
  seal: Seal;
}

/** How chains are created. Their mnemonics are in the database only sealed. */
export function chainCreations({ store: creations, seal }: CreationsDependencies) {
  /** null when it can't be opened. */
  function opened(sealed: string): string | null {
    try {
      return seal.open(sealed);
    } catch {
      return null;
    }
  }

  const of = (chain: string): CreationRow => creations.of(chain) ?? AS_ANVIL;

  /** Throws SECRETS_UNREADABLE. */
  const accountsOf = ({ sealedMnemonic, accounts }: CreationRow): DevAccounts => ({
    mnemonic: sealedMnemonic === null ? defaultDevAccounts.mnemonic : seal.open(sealedMnemonic),
    count: accounts ?? defaultDevAccounts.count,
  });

  /** undefined: what was kept stays. Throws BAD_INPUT, SECRETS_UNREADABLE. */
  function sealedAnew(kept: string | null, asked: string | null | undefined): string | null {
    if (asked === undefined) return kept;
    const mnemonic = asked === null ? null : checkedMnemonic(asked);
    if (mnemonic === null || mnemonic === defaultDevAccounts.mnemonic) return null;
    return kept !== null && opened(kept) === mnemonic ? kept : seal.seal(mnemonic);
  }

  /** What the keys of a chain's development accounts are derived from. Throws SECRETS_UNREADABLE. */
  const devAccounts = (chain: string): DevAccounts => accountsOf(of(chain));

  /** Deriving them takes longer than most requests. By what they are derived from, sealed. */
  const derived = new Map<string, readonly Hex[]>();

  /** Throws SECRETS_UNREADABLE. */
  function addressesOf(row: CreationRow): readonly Hex[] {
    const key = `${row.accounts} ${row.sealedMnemonic}`;
    const found = derived.get(key) ?? devAddresses(accountsOf(row));
    if (derived.size >= MOST_DERIVED) derived.clear();
    derived.set(key, found);
    return found;
  }

  return {
    of,

    devAccounts,
    addressesOf,

    /** The addresses of its development accounts, in the order of their index. Throws SECRETS_UNREADABLE. */
    devAddresses: (chain: string): readonly Hex[] => addressesOf(of(chain)),

    /** Whether anvil sends for its development accounts without their keys (docs/adr/071-*). */
    isWithoutKeys: (chain: string): boolean => of(chain).sealedMnemonic !== null,

    /** Of a chain that lists what it sends for in no order; none when it keeps its own, or they can't be read. */
    accountsInOrder(chain: string): readonly Hex[] {
      const row = of(chain);
      const { sealedMnemonic } = row;
      return sealedMnemonic === null || opened(sealedMnemonic) === null ? [] : addressesOf(row);
    },

    /** undefined: the address is none of its development accounts. Throws SECRETS_UNREADABLE. */
    keyOf(chain: string, address: string): Hex | undefined {
      const all = addressesOf(of(chain)).map((one) => one.toLowerCase());
      const index = all.indexOf(address.toLowerCase());
      return index === -1 ? undefined : devKey(devAccounts(chain), index);
    },

    /** As it is shown: without the mnemonic. */
    shown(chain: string) {
      const { sealedMnemonic, ...rest } = of(chain);
      return { ...rest, ownMnemonic: sealedMnemonic !== null };
    },

    /**
     * How a chain has to be created for what is asked; null: it is created so. Throws BAD_INPUT,
     * SECRETS_UNREADABLE.
     */
    asked(chain: string, wish: CreationWish): CreationRow | null {
      const kept = of(chain);
      const { hardfork = kept.hardfork, chainId = kept.chainId } = wish;
      const { accounts = kept.accounts, balance = kept.balance } = wish;
      const row: CreationRow = {
        hardfork,
        chainId,
        accounts: accounts === defaultDevAccounts.count ? null : accounts,
        balance: balance === DEFAULT_BALANCE ? null : balance,
        sealedMnemonic: sealedAnew(kept.sealedMnemonic, wish.mnemonic),
      };
      const keys = Object.keys(row) as (keyof CreationRow)[];
      return keys.every((key) => row[key] === kept[key]) ? null : row;
    },

    /** The mnemonics that are not public. */
    secrets: (): string[] =>
      creations.all().flatMap(({ sealedMnemonic: sealed }) => (sealed && opened(sealed)) ?? []),
    /** The chains whose mnemonics can't be opened. */
    unreadable: (): string[] => [
      ...new Set(
        creations
          .all()
          .filter(({ sealedMnemonic: sealed }) => sealed !== null && opened(sealed) === null)
          .map(({ chain }) => chain),
      ),
    ],
    /** Puts what `moved` returns in the place of what was sealed. Returns how many. */
    moveSecrets(moved: (sealed: string) => string | null): number {
      const anew = creations.all().flatMap(({ id, sealedMnemonic }) => {
        const sealed = sealedMnemonic && moved(sealedMnemonic);
        return sealed ? [{ id, sealed }] : [];
      });
      for (const { id, sealed } of anew) creations.reseal(id, sealed);
      return anew.length;
    },
  };
}

export type ChainCreations = ReturnType<typeof chainCreations>;

/** Throws BAD_INPUT, which does not repeat the words. */
function checkedMnemonic(text: string): string {
  const words = text.trim().toLowerCase().split(/\s+/).join(' ');
  if (validateMnemonic(words, english)) return words;
  throw new AppError(
    'BAD_INPUT',
    'That is no mnemonic: give 12, 15, 18, 21 or 24 English words of BIP-39, the last of which fits the others.',
    { field: 'mnemonic' },
  );
}
