import type { KeyObject } from 'node:crypto';
import type { AppUpdater, UpdateInfo } from 'electron-updater';
import { messageOf } from '../../shared/errors.ts';
import type { FoundUpdate, UpdateChannel, Updater } from '../../shared/updater.ts';
import { isSigned } from './signed-update.ts';

/**
 * Updates by electron-updater from what is signed with the key in the app, and newer than the app.
 * What is downloaded has the hash that was signed, or is refused.
 */
export class FeedUpdater implements Updater {
  readonly #updater: AppUpdater;
  readonly #key: KeyObject;
  readonly #letGo: () => void;

  /**
   * @param key ed25519, public
   * @param letGo lets another instance of the app start: some updaters start the new version before
   *   this one has ended
   */
  constructor(updater: AppUpdater, key: KeyObject, letGo: () => void) {
    updater.autoDownload = false;
    updater.autoInstallOnAppQuit = false;
    updater.autoRunAppAfterInstall = true;
    updater.disableWebInstaller = true;
    // Its rejections tell; without a listener, an error would end the app.
    updater.on('error', () => undefined);
    this.#updater = updater;
    this.#key = key;
    this.#letGo = letGo;
  }

  async check(channel: UpdateChannel): Promise<FoundUpdate | null> {
    this.#updater.channel = channel;
    this.#updater.allowPrerelease = channel !== 'latest';
    // Each of the two above allows it.
    this.#updater.allowDowngrade = false;
    const found = await this.#updater.checkForUpdates().catch((error: unknown) => {
      throw new Error(`The feed of updates can't be read: ${firstLine(error)}`);
    });
    if (!found?.isUpdateAvailable) return null;
    const { updateInfo } = found;
    if (!isSigned(updateInfo, this.#key)) {
      throw new Error(
        `Version ${updateInfo.version} is not signed by who releases Drydock, and was refused.`,
      );
    }
    return { version: updateInfo.version, notes: notesOf(updateInfo) };
  }

  async download(progress: (part: number) => void): Promise<void> {
    const tell = ({ percent }: { percent: number }) => progress(percent / 100);
    this.#updater.on('download-progress', tell);
    try {
      await this.#updater.downloadUpdate();
    } catch (error) {
      throw new Error(`The update can't be downloaded: ${firstLine(error)}`);
    } finally {
      this.#updater.off('download-progress', tell);
    }
  }

  install(): void {
    this.#letGo();
    this.#updater.quitAndInstall(true, true);
  }
}

const notesOf = ({ releaseNotes }: UpdateInfo): string | null =>
  typeof releaseNotes === 'string' && releaseNotes.trim() !== '' ? releaseNotes : null;

/** What electron-updater says goes on with headers and traces. */
const firstLine = (error: unknown): string => messageOf(error).split('\n')[0] ?? '';
