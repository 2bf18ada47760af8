import { once } from 'node:events';
import { RPCHandler } from '@orpc/server/message-port';
import type { BrowserWindow, MessagePortMain } from 'electron';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { clientOver, openSocket } from '../host/connect-to.ts';
import type { Discovery } from '../host/discovery-file.ts';
import { forwardingRouter } from './forwarding-router.ts';
import { pickFolder } from './pick-folder.ts';
import type { ServedCore } from './served-core.ts';

/** The core of a host that serves the data folder. Rejects when it can't be reached. */
export async function connectToHost(host: Discovery, logger: Logger): Promise<ServedCore> {
  const own = await openSocket(host, 'window');
  const gone = once(own, 'close').then(() => undefined);
  own.on('error', (error) => logger.debug({ err: error }, 'the socket to the host failed'));
  return {
    client: clientOver(own),
    gone,
    serve(port, owner) {
      void openSocket(host, 'window').then(
        (socket) => passOn(port, socket, owner),
        (error: unknown) => {
          logger.warn({ err: error }, 'a page could not be connected to the host');
          port.close();
        },
      );
    },
    async close() {
      own.close();
      await gone;
    },
  };
}

/** The end of the port is the end of its socket, and of all that goes on over it; and back. */
function passOn(port: MessagePortMain, socket: WebSocket, owner: BrowserWindow): void {
  const router = forwardingRouter(clientOver(socket), { pickFolder: () => pickFolder(owner) });
  new RPCHandler(router).upgrade(port);
  socket.on('error', () => socket.close());
  socket.on('close', () => port.close());
  port.on('close', () => socket.close());
  port.start();
}
