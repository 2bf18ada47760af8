import type { RawData, WebSocket } from 'ws';
import { forbidden, type Let } from './gate.ts';
import { callsIn, invalid, refusal, rewritten, UNAUTHORIZED, written } from './json-rpc.ts';
import { orderedAccounts } from './ordered-accounts.ts';
import type { ServedChain } from './served-chain.ts';
import type { Watched } from './traffic.ts';

/** Of what the other side hasn't taken yet. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024;
/** The most pending calls per socket whose responses are inspected. */
const MOST_ASKED = 1000;
const NORMAL = 1000;
/** https://www.iana.org/assignments/websocket: the server restarts. */
const RESTART = 1012;

interface Asked {
  ids: Set<string | null>;
  watched: Watched;
}

/** A program's WebSocket and the one to the node that belongs to it. */
export class SocketPair {
  readonly #chain: ServedChain;
  readonly #client: WebSocket;
  readonly #upstream: WebSocket;
  readonly #caller: Let;
  readonly #ended: () => void;
  readonly #asked = new Set<Asked>();
  /** Messages that wait for one before them, in their order. */
  #waiting: { data: Buffer; isBinary: boolean }[] = [];
  #isBusy = false;
  #isAlive = true;
  #lastBuffered = 0;
  #isOver = false;

  constructor(
    chain: ServedChain,
    client: WebSocket,
    upstream: WebSocket,
    caller: Let,
    ended: () => void,
  ) {
    this.#chain = chain;
    this.#client = client;
    this.#upstream = upstream;
    this.#caller = caller;
    this.#ended = ended;
    client.on('message', (data, isBinary) => this.#said(bytesOf(data), isBinary));
    client.on('pong', () => {
      this.#isAlive = true;
    });
    upstream.on('message', (data, isBinary) => {
      if (this.#asked.size > 0) this.#answered(bytesOf(data));
      this.#pass(upstream, client, data, isBinary);
    });
    client.on('close', (code, reason) => this.#close(upstream, code, reason, NORMAL));
    upstream.on('close', (code, reason) => this.#close(client, code, reason, RESTART));
    // A close follows.
    client.on('error', () => undefined);
    upstream.on('error', () => undefined);
  }

  /** Ends it when the program has given no sign since the last time. */
  look(): void {
    const { bufferedAmount } = this.#client;
    // A client that is still reading a long response may not send a pong in time.
    const reads = this.#lastBuffered > 0 && bufferedAmount !== this.#lastBuffered;
    this.#lastBuffered = bufferedAmount;
    if (!this.#isAlive && !reads) {
      this.#client.terminate();
      return;
    }
    this.#isAlive = false;
    if (this.#client.readyState === this.#client.OPEN) this.#client.ping();
  }

  end(): void {
    this.#client.close(RESTART);
    this.#upstream.terminate();
  }

  #said(data: Buffer, isBinary: boolean): void {
    this.#isAlive = true;
    this.#waiting.push({ data, isBinary });
    if (!this.#isBusy) void this.#work();
  }

  /** Nothing is waited for in the usual case: then all of it happens at once. */
  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const data = this.#checked(next.data);
      if (data === null) continue;
      const { hold, traffic, counts } = this.#chain;
      counts.requests++;
      if (hold.over) await this.#pausedFor(hold.over);
      if (this.#isOver) return;
      const watched = traffic.watch(data, this.#caller);
      const go = () => this.#go(data, watched, next.isBinary);
      const accounts = orderedAccounts(this.#chain, data);
      if (accounts) {
        void accounts.then((reply) => {
          if (reply === null) return go();
          watched.tap?.seen(Buffer.from(reply));
          if (this.#client.readyState === this.#client.OPEN) this.#client.send(reply);
        });
        continue;
      }
      // The messages behind it may say that it is part of a series: they don't wait.
      if (watched.ready) void watched.ready.then(go);
      else go();
    }
    this.#isBusy = false;
  }

  #go(data: Buffer, watched: Watched, isBinary: boolean): void {
    if (this.#isOver) return;
    if (watched.tap) this.#ask(data, watched);
    this.#pass(this.#client, this.#upstream, data, isBinary);
  }

  async #pausedFor(over: Promise<void>): Promise<void> {
    this.#client.pause();
    await over;
    if (!this.#isOver) this.#client.resume();
  }

  /** What may be sent; null: it was refused. */
  #checked(data: Buffer): Buffer | null {
    if (this.#caller.kind === 'local') return data;
    const found = callsIn(data);
    if (!found) {
      this.#client.send(invalid('That is no JSON-RPC.'));
      return null;
    }
    const reason = forbidden(this.#chain, this.#caller, found.calls);
    const checked = rewritten(found);
    if (reason === null && checked) return checked;
    if (reason === null) this.#client.send(invalid('That is nested too deep.'));
    else this.#client.send(refusal(data, UNAUTHORIZED, reason));
    return null;
  }

  #pass(from: WebSocket, to: WebSocket, data: RawData, isBinary: boolean): void {
    if (to.readyState !== to.OPEN) return;
    to.send(data, { binary: isBinary }, () => {
      const mayGoOn = from !== this.#client || !this.#isBusy;
      if (from.isPaused && to.bufferedAmount < MOST_WAITING_BYTES && mayGoOn) from.resume();
    });
    if (to.bufferedAmount >= MOST_WAITING_BYTES) from.pause();
  }

  #ask(data: Buffer, watched: Watched): void {
    const ids = (callsIn(data)?.calls ?? []).flatMap(({ id }) =>
      id === undefined ? [] : [written(id)],
    );
    if (ids.length === 0 || this.#asked.size >= MOST_ASKED) return;
    this.#asked.add({ ids: new Set(ids), watched });
  }

  /** The answer to a batch comes as a batch. */
  #answered(data: Buffer): void {
    const most = Math.max(...[...this.#asked].map(({ watched }) => watched.tap?.bytes ?? 0));
    if (data.length > most) return;
    const ids = (callsIn(data)?.calls ?? []).map(({ id }) => written(id ?? null));
    for (const asked of this.#asked) {
      if (!ids.some((id) => asked.ids.has(id))) continue;
      this.#asked.delete(asked);
      asked.watched.tap?.seen(data);
      return;
    }
  }

  #close(other: WebSocket, code: number, reason: Buffer, otherwise: number): void {
    if (!this.#isOver) {
      this.#isOver = true;
      for (const { watched } of this.#asked)
        watched.failed('The connection ended before an answer.');
      this.#asked.clear();
      this.#ended();
    }
    // 1005 and 1006 say that nothing was said, and can't be sent.
    const isSendable =
      (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000;
    if (other.readyState === other.CONNECTING) other.terminate();
    else other.close(isSendable ? code : otherwise, isSendable ? reason : undefined);
  }
}

const bytesOf = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
