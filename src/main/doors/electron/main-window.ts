import type { BrowserWindow } from 'electron';
import { pageAddress } from './address.ts';
import { openWindow, type WindowOptions } from './window.ts';

/** The one window, while it is open. */
export class MainWindow {
  readonly #options: Omit<WindowOptions, 'page'>;
  #window: BrowserWindow | undefined;

  constructor(options: Omit<WindowOptions, 'page'>) {
    this.#options = options;
  }

  get current(): BrowserWindow | undefined {
    return this.#window;
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
    const address = page && pageAddress(this.#options.origin, page);
    // The address that is shown would be loaded anew.
    if (address && window.webContents.getURL() !== address) {
      window.loadURL(address).catch(() => undefined);
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  }

  #open(page?: string): void {
    const window = openWindow({ ...this.#options, page });
    this.#window = window;
    window.once('closed', () => {
      this.#window = undefined;
    });
  }
}
