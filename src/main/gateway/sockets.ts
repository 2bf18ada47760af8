import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { gate, type Let } from './gate.ts';
import { goneReason, goneText, refusal, UNAUTHORIZED, UNAVAILABLE } from './json-rpc.ts';
import type { ServedChain } from './served-chain.ts';
import { SocketPair } from './socket-pair.ts';

const MOST_SOCKETS = 1000;
/** Four times what anvil takes in one frame. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A program that is gone without a word is noticed after one or two of these. */
const LOOK_MS = 30_000;
const CONNECT_MS = 30_000;

/** The WebSockets of a chain's port. */
export class Sockets {
  readonly #chain: ServedChain;
  readonly #pairs = new Set<SocketPair>();
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MOST_BYTES,
    clientTracking: false,
    // No protocol is chosen: a node knows none.
    handleProtocols: () => false,
  });
  readonly #timer: NodeJS.Timeout;

  constructor(chain: ServedChain) {
    this.#chain = chain;
    this.#timer = setInterval(() => {
      for (const pair of this.#pairs) pair.look();
    }, LOOK_MS).unref();
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const caller = gate(this.#chain, request);
    const { over } = this.#chain.hold;
    if ('status' in caller) turnAway(socket, caller.status, caller.message, UNAUTHORIZED);
    else if (this.#pairs.size >= MOST_SOCKETS) {
      turnAway(socket, 503, 'This chain has too many WebSockets. Close some.', UNAVAILABLE);
    } else if (over) void over.then(() => this.#connect(request, socket, head, caller));
    else this.#connect(request, socket, head, caller);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const pair of this.#pairs) pair.end();
  }

  /** The program gets its socket once the node has one for it. */
  #connect(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Let): void {
    if (socket.destroyed) return;
    const chain = this.#chain;
    const upstream = new WebSocket(chain.backend.url.replace('http:', 'ws:'), {
      perMessageDeflate: false,
      maxPayload: 0,
      handshakeTimeout: CONNECT_MS,
    });
    const away = () => upstream.terminate();
    socket.once('close', away);
    upstream.once('error', (error) => {
      if (socket.destroyed) return;
      chain.tell({ chain: chain.name, type: 'upstream-gone', reason: goneReason(error) });
      turnAway(socket, 502, goneText(chain.name, error), UNAVAILABLE);
    });
    upstream.once('open', () => {
      socket.off('close', away);
      upstream.removeAllListeners('error');
      this.#server.handleUpgrade(request, socket, head, (client) => {
        this.#pair(client, upstream, caller);
      });
      // It isn't given out when the handshake is wrong.
      if (socket.destroyed || socket.writableEnded) upstream.terminate();
    });
  }

  #pair(client: WebSocket, upstream: WebSocket, caller: Let): void {
    const { counts } = this.#chain;
    const pair = new SocketPair(this.#chain, client, upstream, caller, () => {
      this.#pairs.delete(pair);
      counts.websockets = this.#pairs.size;
    });
    this.#pairs.add(pair);
    counts.websockets = this.#pairs.size;
  }
}

const STATUS = { 400: 'Bad Request', 403: 'Forbidden', 502: 'Bad Gateway', 503: 'Unavailable' };

function turnAway(socket: Duplex, status: number, message: string, code: number): void {
  const body = refusal(null, code, message);
  const text = STATUS[status as keyof typeof STATUS] ?? '';
  const head = [
    `HTTP/1.1 ${status} ${text}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
