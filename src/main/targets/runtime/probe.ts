import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { ContainerState } from '../../engines/containers.ts';

const PAUSE_MS = 150;
/** The time for one request; a starting server may accept it and not respond. */
const REQUEST_MS = 5000;

export interface ProbeOptions {
  /** On 127.0.0.1. */
  port: number;
  /** Begins with a slash. */
  path: string;
  /** Statuses that count as success. */
  accepts: (status: number) => boolean;
  /** The current state of the container; null: it no longer exists. */
  state: () => Promise<ContainerState | null>;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** The result of requesting a service over HTTP until it responds. */
export type Probed =
  | { ok: true; status: number }
  /** `ended`: the container is no longer running. */
  | { ok: false; why: 'ended' }
  /** The last attempt: a status that is not accepted, or the failure of the connection. */
  | { ok: false; why: 'late'; status: number | null; problem: string | null }
  | { ok: false; why: 'aborted' };

/**
 * Requests a service over HTTP from the host until it responds, its container ends, or the time
 * runs out. Never rejects except with what `state` rejects with.
 */
export async function probe(options: ProbeOptions): Promise<Probed> {
  const { state, accepts, timeoutMs, signal } = options;
  // Connections are not reused: a request must not reach what listened there before.
  const dispatcher = new Agent({ pipelining: 0, connect: { timeout: REQUEST_MS } });
  const until = performance.now() + timeoutMs;
  let last: Response = { status: null, problem: 'no response in time' };
  try {
    while (!signal?.aborted) {
      if ((await state()) !== 'running') return { ok: false, why: 'ended' };
      last = (await ask(options, dispatcher, until - performance.now())) ?? last;
      if (signal?.aborted) break;
      if (last.status !== null && accepts(last.status)) return { ok: true, status: last.status };
      if (performance.now() + PAUSE_MS >= until) return { ok: false, why: 'late', ...last };
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
    return { ok: false, why: 'aborted' };
  } finally {
    await dispatcher.destroy();
  }
}

interface Response {
  status: number | null;
  problem: string | null;
}

/** null: it was aborted, so nothing is known. */
async function ask(
  { port, path, signal }: ProbeOptions,
  dispatcher: Agent,
  leftMs: number,
): Promise<Response | null> {
  const late = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(REQUEST_MS, leftMs))));
  try {
    const { statusCode, body } = await request(`http://127.0.0.1:${port}${path}`, {
      dispatcher,
      headers: { 'user-agent': 'Drydock', accept: '*/*' },
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    // The body isn't read: it may be an endless stream.
    body.on('error', () => undefined).destroy();
    return { status: statusCode, problem: null };
  } catch (error) {
    if (!late.aborted) return { status: null, problem: problemOf(error) };
    return leftMs < REQUEST_MS ? null : { status: null, problem: 'no response in time' };
  }
}

function problemOf(error: unknown): string {
  const { code, message, name } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ECONNREFUSED':
      return 'the connection was refused';
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'the connection was closed without a response';
    default:
      return name === 'HTTPParserError' ? 'what responds there is not HTTP' : message;
  }
}
