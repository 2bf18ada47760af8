import { errors, request } from 'undici';
import { ACCEPTED_ENCODINGS, responseText, UnreadableBody } from '../lib/response-text.ts';
import { Mask } from '../lib/secrets/mask.ts';
import { urlSecrets } from '../lib/secrets/secret-url.ts';
import { nodeAddress } from './node-address.ts';

/** One JSON-RPC call. Rejects with `RpcError`, which tells a refusal from an unreachable node. */
export type Rpc = <T = unknown>(method: string, params?: unknown[]) => Promise<T>;

export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    message: string,
    /** The node did not respond, or not as a node does. */
    readonly unreachable: boolean,
    /** What a call that reverted has returned, hex; null: it did not revert, or the node says nothing. */
    readonly returned: string | null = null,
  ) {
    super(message);
  }
}

/** https://www.jsonrpc.org/specification */
interface Question {
  jsonrpc: '2.0';
  id: number;
  method: string;
  params: unknown[];
}

interface Answer {
  id: number;
  result?: unknown;
  error?: { message?: unknown; data?: unknown };
}

interface Asked {
  question: Question;
  resolve: (result: unknown) => void;
  reject: (error: RpcError) => void;
}

export interface RpcOptions {
  /** Send the calls of one turn in one request, which not every node understands. */
  batch?: boolean;
  /** The most that a response may hold, once it is decompressed. */
  maxBytes?: number;
}

/** Far more than any call needs but that for a whole state. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Methods that change nothing, however often they are called. */
const READING = /^(eth_(?!send|sign)|net_|web3_|debug_|trace_|txpool_|[a-z]+_metadata$)/;

/**
 * Repeats no call that may change something. One that only reads is sent once more when its
 * connection was closed instead of an answer: a node that was started again at the same address
 * knows nothing of connections that were kept open to the one before. Nothing of the URL that is
 * secret is in a message, also when the node repeats it.
 */
export function rpc(url: string, timeoutMs = 10_000, options: RpcOptions = {}): Rpc {
  const send = sender(url, timeoutMs, options.maxBytes ?? MAX_BYTES);
  const hide = (text: string) => new Mask(urlSecrets(url)).apply(text);
  let lastId = 0;
  let waiting: Asked[] = [];
  const sendAll = () => {
    const batch = waiting;
    waiting = [];
    void settle(batch, send, hide);
  };
  return <T>(method: string, params: unknown[] = []) =>
    new Promise<T>((resolve, reject) => {
      const question: Question = { jsonrpc: '2.0', id: ++lastId, method, params };
      const asked = { question, resolve: resolve as Asked['resolve'], reject };
      if (!options.batch) return void settle([asked], send, hide);
      if (waiting.length === 0) queueMicrotask(sendAll);
      waiting.push(asked);
    });
}

async function settle(
  batch: readonly Asked[],
  send: (body: unknown) => Promise<unknown>,
  hide: (text: string) => string,
): Promise<void> {
  try {
    const [only] = batch;
    const body = batch.length === 1 ? only?.question : batch.map(({ question }) => question);
    const mayRepeat = batch.every(({ question }) => READING.test(question.method));
    const answered = await send(body).catch((error: unknown) => {
      if (mayRepeat && wasClosed(error)) return send(body);
      throw error;
    });
    const answers = [answered].flat().filter(isAnswer);
    for (const { question, resolve, reject } of batch) {
      const answer = batch.length === 1 ? answers[0] : answers.find((a) => a.id === question.id);
      if (answer?.error) {
        reject(new RpcError(hide(reasonOf(answer.error)), false, returnedIn(answer.error)));
      } else if (answer && 'result' in answer) resolve(answer.result);
      else reject(new RpcError('its answer is not one of an Ethereum node', true));
    }
  } catch (error) {
    for (const { reject } of batch) reject(toRpcError(error));
  }
}

const wasClosed = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET' || error.code === 'EPIPE');

const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null;

/** A node may say anything. */
const reasonOf = ({ message }: { message?: unknown }): string =>
  message === undefined
    ? 'refused'
    : typeof message === 'string'
      ? message
      : JSON.stringify(message);

/** Some nodes put it into an object, or behind a word: https://eips.ethereum.org/EIPS/eip-1474 */
function returnedIn({ data }: { data?: unknown }): string | null {
  const inner = typeof data === 'object' && data !== null && 'data' in data ? data.data : data;
  const hex =
    typeof inner === 'string' ? /0x(?:[0-9a-f]{2})*$/i.exec(inner.trim())?.[0] : undefined;
  return hex ?? null;
}

class BadStatus extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/** Posts JSON. Returns the response, whatever its status. */
function sender(
  url: string,
  timeoutMs: number,
  maxBytes: number,
): (body: unknown) => Promise<unknown> {
  const { address, authorization } = nodeAddress(url);
  const headers = {
    'content-type': 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    ...authorization,
  };
  return async (body) => {
    const {
      statusCode,
      headers: had,
      body: answer,
    } = await request(address, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await responseText(answer, had['content-encoding'], maxBytes);
    try {
      // Nodes give the reason of a refusal as JSON, also with a status of 4xx.
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null) return parsed;
    } catch {
      // Told below.
    }
    throw statusCode >= 200 && statusCode < 300
      ? new SyntaxError('no JSON of a node')
      : new BadStatus(statusCode);
  };
}

function toRpcError(error: unknown): RpcError {
  if (error instanceof BadStatus || error instanceof UnreadableBody)
    return new RpcError(error.message, true);
  if (error instanceof SyntaxError) {
    return new RpcError('its answer is not one of an Ethereum node', true);
  }
  const late =
    (error instanceof Error && error.name === 'TimeoutError') ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError;
  return new RpcError(late ? 'no answer in time' : 'no connection', true);
}

/** Chain id, block and round trip of an RPC. Rejects with RpcError. */
export async function probeRpc(url: string): Promise<{
  chainId: number;
  blockNumber: number;
  latencyMs: number;
}> {
  const call = rpc(url, 5000);
  const before = performance.now();
  const chainId = Number(await call<string>('eth_chainId'));
  const latencyMs = Math.round((performance.now() - before) * 10) / 10;
  const blockNumber = Number(await call<string>('eth_blockNumber'));
  if (!Number.isSafeInteger(chainId) || !Number.isSafeInteger(blockNumber)) {
    throw new RpcError('its answer is not one of an Ethereum node', true);
  }
  return { chainId, blockNumber, latencyMs };
}
