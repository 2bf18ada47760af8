import type { BrowserWindow, MessagePortMain } from 'electron';
import type { Client } from '../host/connect-to.ts';

/** What serves the window: a core of this process, or the host that serves the data folder. */
export interface ServedCore {
  /** As the menu, the tray and the dock see it: by the contract alone, like the pages. */
  client: Client;
  /** Ties one end of a channel to it, whose other end a page of `owner` gets. */
  serve(port: MessagePortMain, owner: BrowserWindow): void;
  /** Resolves when it is gone without having been closed. */
  gone: Promise<void>;
  close(): Promise<void>;
}
