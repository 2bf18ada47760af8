import type { Agent, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { upstreamProblem } from '../eth/upstream-problem.ts';
import { http } from '../lib/http.ts';
import { UnreadableBody } from '../lib/response-text.ts';
import { Mask } from '../lib/secrets/mask.ts';
import { headerSecrets } from '../lib/secrets/secret-headers.ts';
import { urlSecrets } from '../lib/secrets/secret-url.ts';
import { untrusted } from '../lib/untrusted.ts';
import { agentFor, askUpstream } from './ask-upstream.ts';
import type { UpstreamSettings, UpstreamStatus } from './control/protocol.ts';
import { type Answer, answersIn, refusal, UNAVAILABLE } from './json-rpc.ts';
import { readBody } from './read-body.ts';
import { Refused } from './refused.ts';

/** Far more than anvil asks at once. */
const MOST_BYTES = 16 * 1024 * 1024;
/** What has an error and is no longer may repeat a secret. */
const MOST_ERROR_BYTES = 64 * 1024;
/** anvil tries these again after a pause. */
const TRIED_AGAIN = new Set([429, 503]);

const words: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it ended the connection',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
};

/**
 * What a fork starts from, as its anvil reaches it: under an unguessable path, and without the
 * key. The address, the headers and their values are in nothing that it says.
 */
export class Forwarder {
  readonly chain: string;
  #settings: UpstreamSettings;
  #agent: Agent;
  #mask: Mask;
  #server: Server | undefined;
  /** Why it could not listen. */
  #closed: string | null = null;
  /** What the upstream said last, if it was no response of a node. */
  #problem: string | null = null;

  constructor(chain: string, settings: UpstreamSettings) {
    this.chain = chain;
    this.#settings = settings;
    this.#agent = agentFor(settings.url);
    this.#mask = maskOf(settings);
  }

  /** @throws Refused PORT_TAKEN */
  async set(settings: UpstreamSettings): Promise<void> {
    const { host, port } = settings.listen;
    if (settings.url !== this.#settings.url) {
      this.#agent.destroy();
      this.#agent = agentFor(settings.url);
    }
    this.#settings = settings;
    this.#mask = maskOf(settings);
    this.#problem = null;
    const at = this.#at();
    if (at && at.address === host && (port === 0 || at.port === port)) return;
    await this.#stop();
    await this.#listen(host, port);
  }

  status(): Omit<UpstreamStatus, 'revision'> {
    const at = this.#at();
    return {
      chain: this.chain,
      port: at?.port ?? null,
      problem: this.#closed ?? this.#problem,
      starter: this.#settings.starter ?? null,
    };
  }

  async close(): Promise<void> {
    await this.#stop();
    this.#agent.destroy();
  }

  #at(): AddressInfo | null {
    return this.#server?.listening ? (this.#server.address() as AddressInfo) : null;
  }

  async #listen(host: string, port: number): Promise<void> {
    const server = http.createServer((request, response) => this.#take(request, response));
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve);
      server.listen({ host, port, exclusive: true }, () => {
        server.off('error', resolve);
        resolve(null);
      });
    });
    if (error) {
      const reason = error.code === 'EADDRINUSE' ? 'another program listens there' : error.code;
      this.#closed = `The gateway can't listen at ${host}:${port} for what ${this.chain} forks from: ${reason}. Restart ${this.chain}.`;
      throw new Refused(409, 'PORT_TAKEN', this.#closed);
    }
    this.#closed = null;
    this.#server = server;
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server?.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const isAnvil =
      request.url === `/${this.#settings.path}` &&
      request.method === 'POST' &&
      request.headers.origin === undefined;
    if (!isAnvil) {
      response.writeHead(404, { connection: 'close' }).end();
      return;
    }
    readBody(request, MOST_BYTES, (body, isWhole) => {
      if (isWhole) void this.#pass(body, response);
      else response.writeHead(413, { connection: 'close' }).end();
    });
  }

  async #pass(body: Buffer, response: ServerResponse): Promise<void> {
    const { status, text } = await this.#asked(body);
    if (response.destroyed) return;
    const bytes = Buffer.from(text);
    const headers = { 'content-type': 'application/json', 'content-length': bytes.length };
    response.writeHead(status, headers).end(bytes);
  }

  async #asked(body: Buffer): Promise<{ status: number; text: string }> {
    try {
      const { status, text } = await askUpstream(this.#settings, this.#agent, body);
      if (status < 200 || status > 299) {
        return this.#refused(body, reasonIn(status, this.#mask.apply(text)), status);
      }
      this.#problem = null;
      const mayTell = text.length <= MOST_ERROR_BYTES && text.includes('"error"');
      return { status: 200, text: mayTell ? this.#mask.apply(text) : text };
    } catch (error) {
      return this.#refused(body, reasonOf(error), null);
    }
  }

  /** As a node's own error: anvil passes its message on to its caller. */
  #refused(body: Buffer, message: string, status: number | null) {
    const { reason, remedy } = upstreamProblem({ message, status }, this.chain, true);
    const problem = `What ${this.chain} forks from does not answer: ${reason}. ${remedy}.`;
    this.#problem = problem;
    const isTriedAgain = status !== null && TRIED_AGAIN.has(status);
    return {
      status: isTriedAgain ? status : 200,
      text: refusal(body, UNAVAILABLE, problem),
    };
  }
}

const maskOf = ({ url, headers }: UpstreamSettings): Mask =>
  new Mask([...urlSecrets(url), ...headerSecrets(headers)]);

function reasonIn(status: number, text: string): string {
  if (status >= 300 && status < 400) return `HTTP ${status}, it is at another address now`;
  const said = answersIn(Buffer.from(text)).map(({ error }: Answer) => error?.message)[0];
  return typeof said === 'string' ? said.slice(0, 300) : `HTTP ${status}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableBody) return error.message;
  const { name, code = '' } = error as NodeJS.ErrnoException;
  const isLate = name === 'AbortError' || name === 'TimeoutError';
  return (
    untrusted(error) ?? words[code] ?? (isLate ? 'no answer in time' : `no connection (${code})`)
  );
}
