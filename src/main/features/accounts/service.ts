import type { Reading } from '../../eth/network-reader.ts';
import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import type { AccountList, DealInput, Dealt, NetworkEntry, RevealedKey } from './contract.ts';
import { deal } from './deal/deal.ts';
import { type AccountNames, findAccount } from './find-account.ts';
import { type ImpersonationDependencies, impersonations } from './impersonation.ts';
import { type DevAccounts, derivedKey } from './keys.ts';
import { type ListDependencies, listAccounts } from './list.ts';
import type { EntryKind } from './store.ts';

export interface AccountsDependencies
  extends ListDependencies,
    ImpersonationDependencies,
    AccountNames {
  reading: Reading;
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => { kind: 'local' | 'fork' | 'remote' };
  /** Of a local or fork network. */
  devAccounts: (chain: string) => DevAccounts;
  changed: (change: Change) => void;
}

interface EntryInput {
  network: string;
  account: string;
  note?: string;
}

/** Who has what on a network, and what of that is changed here. */
export function accountsService(deps: AccountsDependencies) {
  const { store, reading, network: find, changed } = deps;
  const impersonated = impersonations(deps);
  const isOwn = (network: string) => find(network).kind !== 'remote';

  /** Throws NETWORK_NOT_FOUND, UNSUPPORTED. */
  function mustBeOwn(network: string, what: string): void {
    if (isOwn(network)) return;
    throw new AppError(
      'UNSUPPORTED',
      `${network} is a remote network, which is only read: ${what}. Use a local network, or a fork of ${network}.`,
      { field: 'network' },
    );
  }

  const addressOf = (network: string, text: string, field: string) =>
    findAccount(deps, network, text, field);

  const tell = (network: string) => changed({ topic: 'accounts', key: network });

  function kept(kind: EntryKind, network: string, address: string): NetworkEntry {
    const entry = store.one(network, kind, address);
    if (entry) return entry;
    throw new AppError(
      'ACCOUNT_NOT_FOUND',
      `${address} is not ${kind} on ${network}. See "drydock account list ${network}".`,
      {
        field: 'address',
        fix: { label: 'List the accounts', command: `drydock account list ${network}` },
      },
    );
  }

  const keptAs = (kind: EntryKind, network: string, text: string): NetworkEntry =>
    kept(kind, network, addressOf(network, text, 'address'));

  function newEntry({ network, account, note = '' }: EntryInput): NetworkEntry {
    const address = addressOf(network, account, 'account');
    return { network, address, note: note === '' ? null : note, since: Date.now() };
  }

  return {
    async list(network: string): Promise<AccountList> {
      find(network);
      return reading(network, (from) => listAccounts(deps, from, deps.accountsOn(network)));
    },

    async key(network: string, account: string): Promise<RevealedKey> {
      mustBeOwn(network, 'no key of its accounts is held here');
      const address = addressOf(network, account, 'account');
      const index = deps.accountsOn(network).indexOf(address);
      const derived = index === -1 ? null : derivedKey(deps.devAccounts(network), index);
      if (derived?.address === address) return { ...derived, index };
      throw new AppError(
        'ACCOUNT_NOT_FOUND',
        `The key of ${address} is not known: it is none of the development accounts of ${network}. Impersonate it to send from it without a key.`,
        {
          field: 'account',
          fix: {
            label: 'Impersonate it',
            command: `drydock account impersonate ${network} ${address}`,
            call: { procedure: 'accounts.impersonate', input: { network, account: address } },
          },
        },
      );
    },

    async watch(input: EntryInput): Promise<NetworkEntry> {
      find(input.network);
      const entry = newEntry(input);
      store.put('watched', entry);
      tell(input.network);
      return kept('watched', input.network, entry.address);
    },

    unwatch(network: string, text: string): NetworkEntry {
      find(network);
      const entry = keptAs('watched', network, text);
      store.remove(network, 'watched', entry.address);
      tell(network);
      return entry;
    },

    async impersonate(input: EntryInput): Promise<NetworkEntry> {
      const { network } = input;
      mustBeOwn(network, 'nothing is sent there without a key');
      const entry = newEntry(input);
      await impersonated.begin(entry);
      tell(network);
      return kept('impersonated', network, entry.address);
    },

    async stopImpersonating(network: string, text: string): Promise<NetworkEntry> {
      mustBeOwn(network, 'nothing is impersonated there');
      const entry = keptAs('impersonated', network, text);
      await impersonated.end(network, entry.address);
      tell(network);
      return entry;
    },

    async deal(input: DealInput): Promise<Dealt> {
      const { network } = input;
      mustBeOwn(network, 'no token can be dealt there');
      const token = addressOf(network, input.token, 'token');
      const to = addressOf(network, input.to, 'to');
      return deps.write(network, (state) => deal(state, { ...input, token, to }));
    },

    /** A chain has been started: it has forgotten whom it impersonated. */
    restore: impersonated.restore,
    reconcile: impersonated.reconcile,

    forget(network: string): void {
      if (store.removeAll(network) > 0) tell(network);
    },
  };
}

export type AccountsService = ReturnType<typeof accountsService>;
