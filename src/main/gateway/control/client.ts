import type { ClientRequest, IncomingMessage } from 'node:http';
import { z } from 'zod';
import { http } from '../../lib/http.ts';
import { controlAddress, readToken } from './address.ts';
import {
  type ChainSettingsInput,
  type ChainStatus,
  chainStatus,
  controlProblem,
  type GatewayEvent,
  type GatewayStatus,
  gatewayEvent,
  gatewayStatus,
  type JournalPage,
  journalPage,
  type UpstreamSettings,
  type UpstreamStatus,
  upstreamStatus,
} from './protocol.ts';

/** One that is busy is no less there. */
const ANSWER_MS = 10_000;
/** Nothing that chains do keeps it from this one. */
const STATUS_MS = 4_000;

/** The gateway said no; `code` is the one that it gave. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Whether another core had put it since it was seen: what that core says of it counts. */
export const isLate = (error: unknown): boolean =>
  error instanceof GatewayRefusal && error.code === 'LATE';

/** No gateway listens for this data folder, or it did not respond. */
export class GatewayUnreachable extends Error {
  override readonly name = 'GatewayUnreachable';
  /** It took the connection, and said nothing in time. */
  readonly isSilent: boolean;

  constructor(message: string, isSilent = false) {
    super(message);
    this.isSilent = isSilent;
  }
}

/** What the core asks of the gateway of a data folder. Rejects with the errors above. */
export class GatewayClient {
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
  }

  async status(): Promise<GatewayStatus> {
    return gatewayStatus.parse(await this.#ask('GET', '/status', undefined, STATUS_MS));
  }

  /**
   * A chain, once the gateway has done all that it was told before. null: it has let the chain's port
   * go.
   */
  async chain(chain: string): Promise<ChainStatus | null> {
    const path = `/chains/${encoded(chain)}`;
    return chainStatus.nullable().parse(await this.#ask('GET', path, undefined, STATUS_MS));
  }

  /**
   * Rejects with GatewayRefusal LATE where another core has put it since.
   *
   * @param revision as it was seen, 0: it was not there; absent: whatever it is by now
   */
  async putChain(
    chain: string,
    settings: ChainSettingsInput,
    revision?: number,
  ): Promise<ChainStatus> {
    const path = `/chains/${encoded(chain)}${asSeen(revision)}`;
    return chainStatus.parse(await this.#ask('PUT', path, settings));
  }

  /**
   * Does nothing for one that the gateway doesn't know, or that was put again since it was seen.
   *
   * @param revision as `putChain` takes it
   */
  async removeChain(chain: string, revision?: number): Promise<void> {
    await this.#ask('DELETE', `/chains/${encoded(chain)}${asSeen(revision)}`);
  }

  /** As `putChain`. */
  async putUpstream(
    chain: string,
    settings: UpstreamSettings,
    revision?: number,
  ): Promise<UpstreamStatus> {
    const path = `/upstreams/${encoded(chain)}${asSeen(revision)}`;
    return upstreamStatus.parse(await this.#ask('PUT', path, settings));
  }

  /** As `removeChain`. */
  async removeUpstream(chain: string, revision?: number): Promise<void> {
    await this.#ask('DELETE', `/upstreams/${encoded(chain)}${asSeen(revision)}`);
  }

  /**
   * Resolves once the chain may be taken back: its nonces are remembered.
   *
   * @param paused called sooner, once nothing of the chain's port is on its way
   */
  async reverting(chain: string, paused?: () => void): Promise<void> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const response = await this.#open(
      'POST',
      `/chains/${encoded(chain)}/reverting`,
      undefined,
      signal,
    );
    if (response.statusCode === 200) paused?.();
    await read(response);
  }

  /** Lets requests go again. `back`: the chain is another one now than before `reverting`. */
  async reverted(chain: string, back: boolean, deployers?: readonly string[]): Promise<void> {
    await this.#ask('POST', `/chains/${encoded(chain)}/reverted`, { back, deployers });
  }

  async journal(chain: string, last: number): Promise<JournalPage> {
    const path = `/chains/${encoded(chain)}/journal?last=${last}`;
    return journalPage.parse(await this.#ask('GET', path));
  }

  /**
   * Resolves when it is about to end; it is reached until it has let its ports go.
   *
   * @param onlyIdle not where it serves anything by now: resolves with false
   */
  async stop(onlyIdle = false): Promise<boolean> {
    const told = await this.#ask('POST', onlyIdle ? '/stop?idle' : '/stop');
    return (told as { stops?: boolean } | null)?.stops ?? true;
  }

  /** What happened since that event, and what happens from now on. Ends when the gateway ends. */
  async *events(after: number, signal: AbortSignal): AsyncGenerator<GatewayEvent> {
    const response = await this.#open('GET', `/events?after=${after}`, undefined, signal);
    let rest = '';
    response.setEncoding('utf8');
    try {
      for await (const piece of response) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        // A newer gateway may tell what this core doesn't know.
        for (const line of lines) {
          const event = line === '' ? null : gatewayEvent.safeParse(JSON.parse(line));
          if (event?.success) yield event.data;
        }
      }
    } catch (error) {
      if (!signal.aborted) throw new GatewayUnreachable(textOf(error));
    }
  }

  async #ask(method: string, path: string, body?: unknown, withinMs = ANSWER_MS): Promise<unknown> {
    const signal = AbortSignal.timeout(withinMs);
    return read(await this.#open(method, path, body, signal));
  }

  #open(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const token = readToken(this.#home);
    if (token === null) throw new GatewayUnreachable('No gateway was ever started here.');
    return new Promise((resolve, reject) => {
      const request: ClientRequest = http.request(
        {
          method,
          path,
          signal,
          agent: false,
          socketPath: controlAddress(this.#home, token),
          headers: { authorization: `Bearer ${token}` },
        },
        resolve,
      );
      request.on('error', (error) => reject(new GatewayUnreachable(textOf(error), signal.aborted)));
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

async function read(response: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of response) pieces.push(piece);
  } catch (error) {
    throw new GatewayUnreachable(textOf(error));
  }
  const said: unknown = JSON.parse(Buffer.concat(pieces).toString() || 'null');
  if (response.statusCode === 200) return said;
  const { code, message } = z.parse(controlProblem, said);
  throw new GatewayRefusal(code, message);
}

const encoded = encodeURIComponent;

const textOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

const asSeen = (revision: number | undefined): string =>
  revision === undefined ? '' : `?revision=${revision}`;
