import { type BrowserWindow, ipcMain, MessageChannelMain, type WebFrameMain } from 'electron';
import type { Logger } from 'pino';
import { originOf } from './address.ts';
import type { Cores } from './cores.ts';
import type { MainWindow } from './main-window.ts';
import { isFromOurPage } from './sender.ts';
import type { ServedCore } from './served-core.ts';

export interface ConnectOptions {
  cores: Cores;
  /** The origin of our pages. */
  origin: string;
  window: MainWindow;
  logger: Logger;
}

/**
 * Gives the page of the window one end of a channel to the core: when it asks, and again when
 * another core takes over. Only the main frame of our window, showing a page of the app, gets one.
 */
export function connectPages({ cores, origin, window, logger }: ConnectOptions): void {
  ipcMain.on('drydock:connect', (event) => {
    const owner = window.current;
    const frame = event.senderFrame;
    if (!isFromOurPage(event, window, origin) || !owner || !frame) {
      logger.warn({ url: frame?.url }, 'a page that is not ours asked for the core');
      return;
    }
    if (cores.current) connect(cores.current, owner, frame);
  });
  cores.onCore((core) => {
    const owner = window.current;
    const frame = owner?.webContents.mainFrame;
    if (owner && frame && originOf(frame.url) === origin) connect(core, owner, frame);
  });
}

function connect(core: ServedCore, owner: BrowserWindow, frame: WebFrameMain): void {
  const { port1, port2 } = new MessageChannelMain();
  core.serve(port1, owner);
  frame.postMessage('drydock:port', null, [port2]);
}
