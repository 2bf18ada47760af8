import type { Logger } from 'pino';
import { checkpointsOf } from '../../db/checkpoints.ts';
import { openDb } from '../../db/open.ts';
import { presenceOf } from '../../db/presence.ts';
import { correctedText, keepPrivate } from '../../db/private-files.ts';
import type { EngineChoice } from '../../engines/engines.ts';
import type { KindEntry } from '../../kinds/kinds.ts';
import type { Desktop } from '../../lib/desktop.ts';
import { maskedLogger } from '../../lib/logger.ts';
import type { PinnedPackage } from '../../lib/npm/tarball.ts';
import type { Platform } from '../../lib/platform.ts';
import { processes } from '../../lib/processes/processes.ts';
import type { Updater } from '../../shared/updater.ts';
import type { Core } from '../feature.ts';
import { Changes } from './changes.ts';
import { environmentSecrets } from './environment-secrets.ts';
import { lead } from './lease.ts';
import { leaseStore } from './store.ts';

export interface CoreOptions {
  /** The data folder. */
  home: string;
  logger: Logger;
  /** Follow the chains' blocks, for doors that stay open. */
  follow?: boolean;
  /** Where the app updates itself. */
  updater?: Updater;
  /** Instead of what the settings say. */
  engine?: EngineChoice;
  /** Of this machine's programs, instead of as it is. */
  platform?: Platform;
  /** Tools that this Drydock came without, instead of what its package says. */
  leftOut?: readonly PinnedPackage[];
  /** Where programs to open things with are looked for, instead of this machine. */
  desktop?: Desktop;
  /** Instead of all that there are. */
  kinds?: readonly KindEntry[];
}

export interface OpenCore extends Core {
  /** Lets go of the data folder. */
  close(): void;
}

/** Opens a data folder, and leads on it when the door stays. Rejects with CORE_RUNNING. */
export async function openCore(options: CoreOptions): Promise<OpenCore> {
  const { home } = options;
  const { isAlive, isGone } = processes;
  const stays = options.follow ?? false;
  // Where the system is asked by starting a program, it runs while the database is opened.
  const own = processes.own();
  const secrets = environmentSecrets();
  const logger = maskedLogger(options.logger, secrets.maskDeep);
  const corrected = correctedText(home, keepPrivate(home, { whole: stays }));
  const db = openDb(home);
  const changes = new Changes();
  const owner = await own;
  const lost = new AbortController();
  let release: (() => void) | undefined;
  try {
    if (stays) {
      const store = leaseStore(db);
      release = await lead({
        ...{ store, owner, logger },
        ...{ isAlive, isGone },
        onLost: () => lost.abort(),
      });
    }
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    home,
    db,
    checkpoints: checkpointsOf(db),
    logger,
    secrets,
    changes,
    changed: changes.tell,
    isPresent: presenceOf(home),
    owner,
    isAlive,
    isGone,
    stays,
    lost: lost.signal,
    corrected,
    onWriteFailed: new Set(),
    engine: options.engine,
    platform: options.platform,
    updater: options.updater,
    leftOut: options.leftOut,
    desktop: options.desktop,
    kinds: options.kinds,
    close() {
      release?.();
      db.close();
    },
  };
}
