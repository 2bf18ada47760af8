import path from 'node:path';
import { ipcMain } from 'electron';
import type { Logger } from 'pino';
import type { MainWindow } from './main-window.ts';
import type { OpenRequests } from './open-requests.ts';
import { isFromOurPage } from './sender.ts';

export interface DroppedOptions {
  window: MainWindow;
  /** The origin of our pages. */
  origin: string;
  requests: OpenRequests;
  logger: Logger;
}

/** Offers to add a folder that the user dropped on the window. */
export function followDropped({ window, origin, requests, logger }: DroppedOptions): void {
  ipcMain.on('drydock:dropped', (event, folder: unknown) => {
    if (!isFromOurPage(event, window, origin)) {
      logger.warn({ url: event.senderFrame?.url }, 'a page that is not ours dropped a folder');
      return;
    }
    if (typeof folder === 'string' && path.isAbsolute(folder)) requests.add({ folder });
  });
}
