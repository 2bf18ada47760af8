import { DataKey } from '../../lib/secrets/data-key.ts';
import type { InsteadSource } from '../../lib/secrets/known-secrets.ts';
import type { Seal } from '../../lib/secrets/seal.ts';
import type { SecretOwners } from '../data/contract.ts';
import { type Core, feature, type Use } from '../feature.ts';
import { secretsCheck } from './doctor-check.ts';

interface Sealed {
  sealed: () => string[];
}

interface SealedRecords {
  chainRecords: Sealed;
  networkRecords: Sealed;
  webhookRecords: Sealed;
  abiSourceRecords: Sealed;
  keyRecords: Sealed;
  environmentRecords: Sealed;
}

/** The key of the data folder, with which its secrets are sealed. */
export const dataKey = feature({
  name: 'dataKey',
  async make(needs: Use<SealedRecords>, { home }: Core) {
    const stores = [
      await needs.chainRecords,
      await needs.networkRecords,
      await needs.webhookRecords,
      await needs.abiSourceRecords,
      await needs.keyRecords,
      await needs.environmentRecords,
    ];
    return new DataKey(home, (isSealed) => stores.some((store) => store.sealed().some(isSealed)));
  },
});

/** A feature that seals something. */
interface Owner<Name = string> {
  secrets: () => string[];
  /** The names of what can't be opened. */
  unreadable: () => Name[];
  /** Seals anew what `moved` returns. Returns how many. */
  moveSecrets: (moved: (sealed: string) => string | null) => number;
}

interface Needs {
  dataKey: DataKey;
  chainRecords: { shownInstead: InsteadSource };
  chainCreations: Owner;
  networks: Owner;
  webhooks: Owner;
  abiSources: Owner;
  keys: Owner;
  environmentSecrets: Owner<SecretOwners['variables'][number]>;
}

/** Everything that is sealed is hidden from here on, in logs and in what others say. */
export const secrets = feature({
  name: 'secrets',
  async make(needs: Use<Needs>, { db, secrets: known, changed }: Core) {
    const key = await needs.dataKey;
    const owners = {
      chains: await needs.chainCreations,
      networks: await needs.networks,
      webhooks: await needs.webhooks,
      abiSources: await needs.abiSources,
      keys: await needs.keys,
      variables: await needs.environmentSecrets,
    };
    for (const owner of Object.values(owners)) known.add(() => owner.secrets());
    known.addInstead((await needs.chainRecords).shownInstead);
    return {
      key,
      known,
      mask: known.mask,
      current: known.current,
      unreadable: () => ({
        chains: owners.chains.unreadable(),
        networks: owners.networks.unreadable(),
        webhooks: owners.webhooks.unreadable(),
        abiSources: owners.abiSources.unreadable(),
        keys: owners.keys.unreadable(),
        variables: owners.variables.unreadable(),
      }),
      /**
       * Seals anew, under the key of all doors, what the window has sealed under its own. A kill in
       * between leaves all of it as it was. Returns of how many there were.
       */
      moveOfWindow(window: Pick<Seal, 'open'>): number {
        key.openOfWindowWith(window);
        const move = (sealed: string) => key.moved(sealed);
        const count = db
          .transaction(() =>
            Object.values(owners).reduce((sum, owner) => sum + owner.moveSecrets(move), 0),
          )
          .immediate();
        for (const topic of ['networks', 'webhooks'] as const) changed({ topic });
        return count;
      },
    };
  },
  checks: ({ key, unreadable }) => [secretsCheck(key, unreadable)],
});
