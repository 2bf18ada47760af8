import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { useConnection } from './connection-state.ts';

type Link = ClientLink<ClientContext>;

/** Returns the link once it exists; rejects when the signal is aborted first. */
export type Connect = (signal?: AbortSignal) => Promise<Link>;

/** The calls of a page whose connection may be lost and restored. A call waits for one. */
export class Transport {
  #link: Link | undefined;
  #waiting = new Set<(link: Link) => void>();

  readonly connect: Connect = (signal) => {
    if (this.#link) return Promise.resolve(this.#link);
    return new Promise((resolve, reject) => {
      const done = (link: Link) => {
        signal?.removeEventListener('abort', stop);
        resolve(link);
      };
      const stop = () => {
        this.#waiting.delete(done);
        reject(signal?.reason);
      };
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiting.add(done);
    });
  };

  opened(link: Link): void {
    this.#link = link;
    useConnection.setState({ status: 'open' });
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const done of waiting) done(link);
  }

  get isOpen(): boolean {
    return this.#link !== undefined;
  }

  /** A link that was replaced meanwhile doesn't close its successor. */
  closed(link: Link): void {
    if (this.#link === link) this.#link = undefined;
  }
}

/**
 * Uses the ports that preload passes on: one for each core that serves this window. A new one ends
 * what goes on over the one before it, whose other end may be gone without a word.
 */
export function followPorts(transport: Transport): void {
  let last: MessagePort | undefined;
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== 'drydock:port' || !port) return;
    const link = new PortLink({ port });
    port.addEventListener('close', () => {
      transport.closed(link);
      if (!transport.isOpen) useConnection.setState({ status: 'ended' });
    });
    const before = last;
    last = port;
    transport.opened(link);
    port.start();
    // Closing a port tells the other end only.
    before?.dispatchEvent(new Event('close'));
    before?.close();
  });
}

const firstRetryMs = 150;
const lastRetryMs = 3000;
const endedAfterMs = 4000;

/**
 * Keeps a WebSocket open, retrying with growing pauses while the page is open, unless another
 * connection exists: a window under development loads its pages over HTTP too.
 */
export function keepSocket(transport: Transport, url: string): void {
  let pause = firstRetryMs;
  let lostAt: number | undefined;

  function open(): void {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    let link: Link | undefined;
    socket.addEventListener('open', () => {
      pause = firstRetryMs;
      lostAt = undefined;
      link = new SocketLink({ websocket: socket });
      transport.opened(link);
    });
    socket.addEventListener('close', () => {
      if (link) transport.closed(link);
      if (transport.isOpen) return;
      lostAt ??= Date.now();
      void explain(Date.now() - lostAt);
      setTimeout(open, pause);
      pause = Math.min(pause * 1.7, lastRetryMs);
    });
  }

  /** A failed socket gives no reason; a plain request does. */
  async function explain(lostFor: number): Promise<void> {
    const refused = await fetch('/api/info').then(
      (response) => response.status === 401 || response.status === 403,
      () => false,
    );
    if (transport.isOpen) return;
    useConnection.setState({
      status: refused ? 'refused' : lostFor > endedAfterMs ? 'ended' : 'reconnecting',
    });
  }

  open();
}
