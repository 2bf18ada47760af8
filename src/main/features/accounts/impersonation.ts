import type { Logger } from 'pino';
import type { WritableState } from '../../eth/writable-state.ts';
import { AppError, messageOf } from '../../shared/errors.ts';
import type { NetworkEntry } from './contract.ts';
import type { AccountsStore } from './store.ts';

export interface ImpersonationDependencies {
  store: AccountsStore;
  /** Changes a chain; rejects with CHAIN_BUSY while a deployment has it. */
  write: <T>(chain: string, work: (state: WritableState) => Promise<T>) => Promise<T>;
  /** Asks a chain that runs for what breaks no deployment; undefined: it doesn't run. */
  whileRunning: <T>(
    chain: string,
    work: (state: WritableState) => Promise<T>,
  ) => Promise<T | undefined>;
  logger: Logger;
}

/**
 * Addresses that chains send for without their keys. A chain keeps them through reverts and forgets
 * them when its process ends; each that starts is told them again.
 */
export function impersonations({ store, write, whileRunning, logger }: ImpersonationDependencies) {
  /** Rejects as `write` does; what was not kept before is not kept then either. */
  async function begin(entry: NetworkEntry): Promise<void> {
    const { network, address } = entry;
    const isKept = store.one(network, 'impersonated', address) !== null;
    await write(network, async (state) => {
      // First: a chain is told again of what is kept, but nothing ends what isn't.
      store.put('impersonated', entry);
      try {
        await state.impersonate(address);
      } catch (error) {
        if (!isKept) store.remove(network, 'impersonated', address);
        throw error;
      }
    });
  }

  /** Of a chain that doesn't run, too: it is not told again then. */
  async function end(network: string, address: string): Promise<void> {
    try {
      await write(network, (state) => state.stopImpersonating(address));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'CHAIN_NOT_RUNNING')) throw error;
    }
    store.remove(network, 'impersonated', address);
  }

  /** Never rejects. Returns how many addresses the chain was told. */
  async function restore(chain: string): Promise<number> {
    const all = store.all(chain, 'impersonated');
    if (all.length === 0) return 0;
    try {
      const told = await whileRunning(chain, (state) =>
        Promise.all(all.map(({ address }) => state.impersonate(address))),
      );
      return told?.length ?? 0;
    } catch (error) {
      logger.warn({ chain, reason: messageOf(error) }, 'impersonation was not restored');
      return 0;
    }
  }

  return {
    begin,
    end,
    restore,
    /** After a core that ended before a chain it had started was told. */
    async reconcile(): Promise<string[]> {
      for (const chain of store.networksWith('impersonated')) await restore(chain);
      // A chain doesn't say what it knew: whether this repaired something can't be told.
      return [];
    },
  };
}
