import type { ClientRequest, IncomingMessage } from 'node:http';
import { http } from '../lib/http.ts';
import { type Answer, callsIn, methodOf } from './json-rpc.ts';

/** So many calls of one chain are under way at a time: the others wait. A fork's may take seconds. */
const MOST_AT_ONCE = 256;
const OWN_CALL_MS = 5_000;
const OWN_CALL_BYTES = 32 * 1024 * 1024;
/** Methods that change nothing, however often they are called. */
const READING = /^(?:eth_(?!send|sign)|net_|web3_|debug_|trace_|txpool_)/;

export const mayBeRepeated = (method: string): boolean => READING.test(method);

export interface Outgoing {
  method: string;
  path: string;
  /** Names and values in turn, without the host. */
  headers: readonly string[];
  /** The whole of it; null: the caller writes it. */
  body: Buffer | null;
}

/** The node that a chain runs on. */
export class Backend {
  readonly url: string;
  readonly #host: string;
  readonly #port: number;
  readonly #authority: string;
  readonly #agent = new http.Agent({
    keepAlive: true,
    maxSockets: MOST_AT_ONCE,
    maxFreeSockets: MOST_AT_ONCE,
  });

  /** @param url `http://host:port` */
  constructor(url: string) {
    this.url = url;
    const { host, hostname, port } = new URL(url);
    this.#authority = host;
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** Calls one of the two, once. The request can be ended at any time. */
  send(
    out: Outgoing,
    answered: (answer: IncomingMessage) => void,
    failed: (error: Error) => void,
  ): ClientRequest {
    const request = http.request({
      host: this.#host,
      port: this.#port,
      agent: this.#agent,
      method: out.method,
      path: out.path,
      // As a list they are written at once, and not kept in an object before.
      headers: ['host', this.#authority, ...out.headers],
    });
    request.on('response', answered);
    request.on('error', failed);
    if (out.body) request.end(out.body);
    return request;
  }

  /**
   * Whether to send it once more: the connection, kept open to a node that ran here before, was
   * closed instead of an answer, and nothing of it changes the chain.
   */
  mayRepeat(request: ClientRequest, error: Error, body: Buffer | null): boolean {
    const code = (error as NodeJS.ErrnoException).code;
    if (!request.reusedSocket || !body || (code !== 'ECONNRESET' && code !== 'EPIPE')) return false;
    return callsIn(body)?.calls.every((call) => mayBeRepeated(methodOf(call))) ?? false;
  }

  /** The gateway's own calls, in one request. Rejects when the node doesn't answer in time. */
  async ask(calls: readonly { method: string; params: unknown[] }[]): Promise<Answer[]> {
    if (calls.length === 0) return [];
    const asked = calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call }));
    const body = Buffer.from(JSON.stringify(asked));
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = http.request(
        {
          ...{ host: this.#host, port: this.#port, method: 'POST', path: '/', headers },
          // The connections of the agent may all be taken.
          agent: false,
          signal: AbortSignal.timeout(OWN_CALL_MS),
        },
        resolve,
      );
      request.once('error', reject).end(body);
    });
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of answer) {
      bytes += piece.length;
      if (bytes > OWN_CALL_BYTES) throw new Error('the answer of the node is too large');
      pieces.push(piece);
    }
    const answers = JSON.parse(Buffer.concat(pieces).toString()) as Answer[];
    return asked.map(({ id }) => answers.find((one) => one.id === id) ?? {});
  }

  close(): void {
    this.#agent.destroy();
  }
}
