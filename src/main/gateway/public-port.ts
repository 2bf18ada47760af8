import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { http } from '../lib/http.ts';
import { portHolder } from '../lib/processes/port-holder.ts';

/** Longer than programs keep a connection that they don't use. */
const KEEP_ALIVE_MS = 120_000;

export interface Serves {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Listens on one port of 127.0.0.1. */
export class PublicPort {
  readonly port: number;
  readonly #server: Server;

  constructor(port: number, { request, upgrade }: Serves) {
    this.port = port;
    this.#server = http.createServer(
      {
        keepAliveTimeout: KEEP_ALIVE_MS,
        // Whole bodies may take as long as they like: of a program that is stopped in a debugger.
        requestTimeout: 0,
        noDelay: true,
        // The gate refuses it, and what comes behind it on the same connection.
        requireHostHeader: false,
        // Some programs offer HTTP/2 with every request: Java's, curl's.
        shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
      },
      request,
    );
    this.#server.on('upgrade', upgrade);
    this.#server.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
      else socket.destroy();
    });
  }

  get isListening(): boolean {
    return this.#server.listening;
  }

  /** Rejects with the reason in words. */
  async listen(): Promise<void> {
    const server = this.#server;
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve);
      server.listen({ port: this.port, host: '127.0.0.1', exclusive: true }, () => {
        server.off('error', resolve);
        resolve(null);
      });
    });
    if (error === null) return;
    const holder = error.code === 'EADDRINUSE' ? await portHolder(this.port) : undefined;
    if (error.code !== 'EADDRINUSE') throw new Error(error.message);
    throw new Error(`Port ${this.port} is taken${holder ? ` by ${holder}` : ''}.`);
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
