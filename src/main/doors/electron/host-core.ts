import { once } from 'node:events';
import type { MessagePortMain } from 'electron';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { clientOver, openSocket } from '../host/connect-to.ts';
import type { Discovery } from '../host/discovery-file.ts';
import type { ServedCore } from './served-core.ts';

/** The core of a host that serves the data folder. Rejects when it can't be reached. */
export async function connectToHost(host: Discovery, logger: Logger): Promise<ServedCore> {
  const own = await openSocket(host);
  const gone = once(own, 'close').then(() => undefined);
  own.on('error', (error) => logger.debug({ err: error }, 'the socket to the host failed'));
  return {
    client: clientOver(own),
    gone,
    serve(port) {
      void openSocket(host).then(
        (socket) => relay(port, socket),
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

/** Messages are the same on a port and on a socket; the end of one is the end of the other. */
function relay(port: MessagePortMain, socket: WebSocket): void {
  port.on('message', ({ data }) => {
    if (socket.readyState === socket.OPEN) socket.send(data);
  });
  socket.on('message', (data: Buffer, isBinary) => {
    port.postMessage(isBinary ? new Uint8Array(data) : data.toString());
  });
  socket.on('error', () => socket.close());
  socket.on('close', () => port.close());
  port.on('close', () => socket.close());
  port.start();
}
