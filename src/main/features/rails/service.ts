import { getAddress } from 'viem';
import { amountOf } from '../../eth/amount.ts';
import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import type { Rails, SetRailsInput } from './contract.ts';
import type { Guard } from './guard.ts';
import type { RailsStore } from './store.ts';

export interface RailsDependencies {
  store: RailsStore;
  guard: Guard;
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => { kind: string; chainId: number | null };
  changed: (change: Change) => void;
}

export function railsService({ store, guard, network, changed }: RailsDependencies) {
  function live(name: string): { chainId: number | null } {
    const { kind, chainId } = network(name);
    if (kind === 'remote') return { chainId };
    throw new AppError(
      'BAD_ARGUMENT',
      `${name} is a chain of Drydock's, which nobody else sees: it has no rails.`,
      { field: 'network' },
    );
  }

  function shown(name: string): Rails {
    const { chainId } = live(name);
    const { production, confirmations, doors, senders, ...row } = store.get(name);
    return {
      ...row,
      doors: doors && [...doors],
      senders: senders && [...senders],
      production: guard.production(name, chainId ?? 0) !== null,
      ownProduction: production,
      spent: `${guard.spent(name)}`,
      confirmations: guard.confirmations(name, chainId ?? 0),
      ownConfirmations: confirmations,
    };
  }

  const tell = (key: string) => changed({ topic: 'networks', key });

  return {
    get: shown,

    set({ network: name, dailyLimit, senders, ...asked }: SetRailsInput): Rails {
      live(name);
      const limit = dailyLimit && `${amountOf(dailyLimit, 'dailyLimit')}`;
      const given = {
        ...asked,
        dailyLimit: limit,
        senders: senders?.map((one) => getAddress(one.toLowerCase())) ?? senders,
      };
      const known = Object.entries(given).filter(([, value]) => value !== undefined);
      store.transaction(() => store.put({ ...store.get(name), ...Object.fromEntries(known) }));
      tell(name);
      return shown(name);
    },

    freeze(name: string, note: string): Rails {
      live(name);
      store.transaction(() => {
        const row = store.get(name);
        store.put({ ...row, freeze: { since: row.freeze?.since ?? Date.now(), note } });
      });
      tell(name);
      return shown(name);
    },

    unfreeze(name: string): Rails {
      live(name);
      store.transaction(() => store.put({ ...store.get(name), freeze: null }));
      tell(name);
      return shown(name);
    },

    networkRemoved: (name: string): void => store.remove(name),
  };
}

export type RailsService = ReturnType<typeof railsService>;
