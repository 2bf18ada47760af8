import { RPCHandler } from '@orpc/server/message-port';
import { type BrowserWindow, ipcMain, MessageChannelMain } from 'electron';
import type { App } from '../../app.ts';
import { CountedStreams } from '../../lib/counted-streams.ts';
import { originOf } from './address.ts';
import { pickFolder } from './pick-folder.ts';

export interface ConnectOptions {
  app: App;
  /** The origin of our pages. */
  origin: string;
  /** The window, while it is open. */
  window(): BrowserWindow | undefined;
}

/**
 * Returns a page that asks for the core with one end of a channel. Only the main frame of our
 * window, showing a page of the app, gets one.
 */
export function connectPages({ app, origin, window }: ConnectOptions): void {
  const handler = new RPCHandler(app.router);
  ipcMain.on('drydock:connect', (event) => {
    const owner = window();
    const frame = event.senderFrame;
    const ours =
      owner !== undefined &&
      event.sender === owner.webContents &&
      frame !== null &&
      frame.parent === null &&
      originOf(frame.url) === origin;
    if (!ours) {
      app.logger.warn({ url: frame?.url }, 'a page that is not ours asked for the core');
      return;
    }
    const { port1, port2 } = new MessageChannelMain();
    handler.upgrade(port1, {
      context: {
        ...app.context,
        pickFolder: () => pickFolder(owner),
        notifies: true,
        streams: new CountedStreams(),
      },
    });
    port1.start();
    frame.postMessage('drydock:port', null, [port2]);
  });
}
