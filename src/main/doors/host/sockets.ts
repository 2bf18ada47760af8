import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { App } from '../../app.ts';
import { CountedStreams } from '../../lib/counted-streams.ts';
import type { Context } from '../../lib/declared-errors.ts';
import type { Ended } from '../../shared/access.ts';
import type { Admission } from './auth.ts';

export const maxMessageBytes = 2 * 1024 * 1024;

/** A socket that hasn't answered a ping by the next one is dead. */
const heartbeatMs = 15_000;

export const maxSockets = 128;

/** Of Node; what lasts longer is refused at its next call. */
const longestTimerMs = 2 ** 31 - 1;

export interface SocketsOptions {
  /** How often sockets are asked whether they live, in ms. */
  heartbeat?: number;
  /** How many streams one socket may have open. */
  streams?: number;
}

export interface Sockets {
  server: WebSocketServer;
  /** Serves the contract on a socket that was let in. */
  serve(socket: WebSocket, admission: Admission, context: Context): void;
  /** Closes those that were let in with what is over. */
  end(ended: Ended): void;
  /** Ends every connection; new ones are taken as before. */
  closeAll(): void;
  close(): void;
}

/**
 * Resolves when the data has been handed to the network. When it can't be any more, that is when
 * the socket has been found to be closed: by then its streams have been told to end.
 */
function sent(socket: WebSocket, data: Parameters<WebSocket['send']>[0]): Promise<void> {
  return new Promise((resolve) => {
    socket.send(data, (error) => {
      if (!error || socket.readyState === socket.CLOSED) resolve();
      else socket.once('close', () => resolve());
    });
  });
}

/**
 * Serves the contract on every socket of the server. An event is sent only after the one before it
 * has left for the network, so a consumer that doesn't read slows its own stream and nothing else;
 * a socket that has died ends its streams at the latest after two heartbeats.
 */
export function serveSockets(
  app: App,
  { heartbeat = heartbeatMs, streams }: SocketsOptions = {},
): Sockets {
  const handler = new RPCHandler(app.router);
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });
  const silent = new WeakSet<WebSocket>();

  const admitted = new Map<WebSocket, Admission>();

  function serve(socket: WebSocket, admission: Admission, context: Context): void {
    admitted.set(socket, admission);
    const { expiresAt = null } = admission.token ?? {};
    const timer =
      expiresAt === null
        ? undefined
        : setTimeout(() => close(socket), Math.min(expiresAt - Date.now(), longestTimerMs));
    timer?.unref();
    socket.on('close', () => {
      admitted.delete(socket);
      clearTimeout(timer);
    });
    socket.on('pong', () => silent.delete(socket));
    // A close always follows; without a listener the error would end the process.
    socket.on('error', (error) => app.logger.debug({ err: error }, 'a socket failed'));
    void handler.upgrade(
      {
        addEventListener: socket.addEventListener.bind(socket),
        send: (data: Parameters<WebSocket['send']>[0]) => sent(socket, data),
      },
      { context: { ...context, streams: new CountedStreams(streams) } },
    );
  }

  const beat = setInterval(() => {
    for (const socket of server.clients) {
      if (silent.has(socket)) {
        socket.terminate();
      } else {
        silent.add(socket);
        socket.ping();
      }
    }
  }, heartbeat);
  beat.unref();

  function closeAll(): void {
    for (const socket of server.clients) socket.close(1001, 'Drydock has closed the connection');
    for (const socket of server.clients) socket.terminate();
  }

  function close(socket: WebSocket): void {
    socket.close(1008, 'It is not let in any more');
    socket.terminate();
  }

  function end(ended: Ended): void {
    for (const [socket, { token, session }] of admitted) {
      const isOver = 'token' in ended ? token?.id === ended.token : session === ended.session;
      if (isOver) close(socket);
    }
  }

  return {
    server,
    serve,
    end,
    closeAll,
    close() {
      clearInterval(beat);
      closeAll();
      server.close();
    },
  };
}
