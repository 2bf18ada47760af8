import type { Logger } from 'pino';
import type { Families } from '../../families/families.ts';
import type { DeploymentDetail } from '../deployments/contract.ts';
import type { HistoryStore } from './store.ts';

/** Older runs are not examined automatically: their target may have changed a lot since. */
const RECENT_MS = 10 * 60_000;

export interface KeeperDependencies {
  store: HistoryStore;
  families: Pick<Families, 'keep'>;
  logger: Logger;
  detail: (id: number) => DeploymentDetail;
}

/** Stores, soon after a run's end, what can't be read once the run is reverted. Never rejects. */
export const resultKeeper =
  ({ store, families, logger, detail }: KeeperDependencies) =>
  async (id: number): Promise<void> => {
    try {
      const item = store.get(id);
      if (!item?.live || item.endedAt === null || Date.now() - item.endedAt > RECENT_MS) return;
      await families.keep(detail(id));
    } catch (error) {
      logger.debug({ deployment: id, err: error }, 'what a run left at its target was not kept');
    }
  };
