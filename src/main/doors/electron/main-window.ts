import type { BrowserWindow } from 'electron';
import { pageAddress, pageOf } from './address.ts';
import { openWindow, type WindowOptions } from './window.ts';

/** The one window, while it is open. */
export class MainWindow {
  readonly #options: Omit<WindowOptions, 'page'>;
  #window: BrowserWindow | undefined;
  /** What is being loaded, until that has come to its end. */
  #leadingTo: string | undefined;

  constructor(options: Omit<WindowOptions, 'page'>) {
    this.#options = options;
  }

  get current(): BrowserWindow | undefined {
    return this.#window;
  }

  /** The address that the window shows, or that it is being led to; empty without a window. */
  get address(): string {
    return this.#leadingTo ?? this.#window?.webContents.getURL() ?? '';
  }

  /**
   * Brings the window to the front, or opens it.
   *
   * @param page to show, such as `/deployments/7`; absent: what it shows, or the start
   */
  show(page?: string): void {
    const window = this.#window;
    if (!window) {
      this.#open(page);
      return;
    }
    if (page && pageOf(this.address) !== page) {
      const shown = window.webContents.getURL();
      void this.#lead(window, pageAddress(this.#options.origin, page, shown));
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  }

  async #lead(window: BrowserWindow, address: string): Promise<void> {
    this.#leadingTo = address;
    // A page that can't be loaded shows itself; one that is left meanwhile need not be.
    await window.loadURL(address).catch(() => undefined);
    if (this.#leadingTo === address) this.#leadingTo = undefined;
  }

  #open(page?: string): void {
    const window = openWindow({ ...this.#options, page });
    this.#window = window;
    window.once('closed', () => {
      this.#window = undefined;
      this.#leadingTo = undefined;
    });
  }
}
