import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { App } from 'electron';
import { closeChromium, openChromium } from './chromium.ts';
import { StrictEmitter } from './strict.ts';

type Used = Pick<
  App,
  | 'addRecentDocument'
  | 'enableSandbox'
  | 'exit'
  | 'isPackaged'
  | 'isReady'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setBadgeCount'
  | 'setPath'
  | 'whenReady'
>;

export class StandInEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

class StandInApp extends StrictEmitter implements Used {
  protected readonly of = 'App';
  readonly isPackaged = false;
  readonly paths = new Map<string, string>();
  readonly windows = new Set<{ close(): void }>();
  sandboxed = false;
  badge = 0;
  readonly recentDocuments: string[] = [];
  #ready: Promise<void> | undefined;
  #isReady = false;
  #quitting = false;

  setPath(name: string, folder: string): void {
    this.paths.set(name, folder);
  }

  addRecentDocument(file: string): void {
    this.recentDocuments.push(file);
  }

  setBadgeCount(count = 0): boolean {
    this.badge = count;
    return true;
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('the sandbox must be enabled before the app is ready');
    this.sandboxed = true;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    this.#ready ??= openChromium(path.join(this.#userData, 'chromium')).then(() => {
      this.#isReady = true;
      this.emit('ready');
    });
    return this.#ready;
  }

  /** The first instance listens on a socket in its folder; a later one knocks there and gives up. */
  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    const file = path.join(this.#userData, 'lock');
    mkdirSync(this.#userData, { recursive: true });
    if (existsSync(file)) {
      connect(file)
        .on('error', () => undefined)
        .end(JSON.stringify({ argv: process.argv, cwd: process.cwd(), additionalData }));
      return false;
    }
    const server = createServer(async (socket) => {
      const { argv, cwd, additionalData } = JSON.parse(await text(socket));
      this.emit('second-instance', new StandInEvent(), argv, cwd, additionalData);
    }).listen(file);
    server.unref();
    process.once('exit', () => rmSync(file, { force: true }));
    return true;
  }

  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    setImmediate(() => void this.#quit());
  }

  async #quit(): Promise<void> {
    if (this.#prevented('before-quit')) return;
    for (const window of [...this.windows]) window.close();
    if (this.#prevented('will-quit')) return;
    this.emit('quit');
    await closeChromium();
    process.exit(0);
  }

  #prevented(name: string): boolean {
    const event = new StandInEvent();
    this.emit(name, event);
    if (event.defaultPrevented) this.#quitting = false;
    return event.defaultPrevented;
  }

  exit(code = 0): void {
    void closeChromium().finally(() => process.exit(code));
  }

  /** Called by each window when it has closed. */
  windowClosed(window: { close(): void }): void {
    this.windows.delete(window);
    if (this.windows.size === 0 && !this.#quitting) this.emit('window-all-closed');
  }

  get #userData(): string {
    const folder = this.paths.get('userData');
    if (!folder) throw new Error('the stand-in must be given its userData folder');
    return folder;
  }
}

export const app = new StandInApp();
