import type { Logger } from 'pino';
import type { ProcessRef } from '../../lib/process-ref.ts';
import type { Liveness } from '../../lib/processes/processes.ts';
import { AppError } from '../../shared/errors.ts';
import type { LeaseStore } from './store.ts';

const RENEW_EVERY_MS = 3000;
/** A holder that has not renewed for so long is taken for dead, even if its process is there. */
const EXPIRES_AFTER_MS = 20_000;

export interface LeaseDependencies extends Liveness {
  store: LeaseStore;
  owner: ProcessRef;
  logger: Logger;
  /** Another core has taken over, after this one stood still for too long. */
  onLost: () => void;
}

/**
 * Makes this core the one that leads on its data folder: of those that stay open there is one.
 * Rejects with CORE_RUNNING while another one leads. Resolves to how to let go.
 */
export async function lead(dependencies: LeaseDependencies): Promise<() => void> {
  const { store, owner, isAlive, isGone, logger, onLost } = dependencies;
  const before = store.holder();
  // One that takes the lease after this is not known to be gone, so it keeps it.
  if (before) await isAlive(before);
  const holder = store.take(
    owner,
    Date.now(),
    (row) =>
      row.owner.pid !== owner.pid &&
      !isGone(row.owner) &&
      Date.now() - row.renewedAt < EXPIRES_AFTER_MS,
  );
  if (holder.pid !== owner.pid) {
    throw new AppError(
      'CORE_RUNNING',
      `Drydock is open already on this data folder (process ${holder.pid}). Use that window or host, or end it first.`,
      { fix: { label: 'Show its address', command: 'drydock host' } },
    );
  }
  const timer = setInterval(() => {
    try {
      if (store.renew(owner, Date.now())) return;
      logger.error('another core has taken over this data folder');
      clearInterval(timer);
      onLost();
    } catch (error) {
      // A full disk: the lease runs out unless there is room again.
      logger.error({ err: error }, 'the lease could not be renewed');
    }
  }, RENEW_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    store.release(owner);
  };
}
