import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type { Logger } from 'pino';
import { appRoot } from '../../lib/app-root.ts';
import type { Updater } from '../../shared/updater.ts';

/** Inside the archive, which Electron checks, so it can't be exchanged. */
const keyFile = () => path.join(appRoot(), 'resources', 'update-key.pem');
/** Where updates are looked for, as electron-builder writes it. */
const feedFile = () => path.join(process.resourcesPath, 'app-update.yml');

/** undefined: who made this package gave it no key, or no feed. */
export async function openUpdater(logger: Logger): Promise<Updater | undefined> {
  if (!existsSync(keyFile()) || !existsSync(feedFile())) return undefined;
  const key = createPublicKey(readFileSync(keyFile(), 'utf8'));
  const { autoUpdater } = await import('electron-updater');
  const { FeedUpdater } = await import('./feed-updater.ts');
  autoUpdater.logger = {
    info: (message) => logger.debug({ message }, 'updater'),
    warn: (message) => logger.warn({ message }, 'updater'),
    error: (message) => logger.warn({ message }, 'updater'),
  };
  return new FeedUpdater(autoUpdater, key, () => app.releaseSingleInstanceLock());
}
