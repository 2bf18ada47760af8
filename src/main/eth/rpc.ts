import { errors, request } from 'undici';
import { ACCEPTED_ENCODINGS, responseText, UnreadableBody } from '../lib/response-text.ts';
import { Mask } from '../lib/secrets/mask.ts';
import { headerSecrets, type RequestHeaders } from '../lib/secrets/secret-headers.ts';
import { urlSecrets } from '../lib/secrets/secret-url.ts';
import { untrusted } from '../lib/untrusted.ts';
import { said } from '../shared/one-line.ts';
import { nodeAddress } from './node-address.ts';
import type { Turns } from './turns.ts';

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
    /** The call went out, and there was no response: the node may have done it. */
    readonly mayBeDone = false,
    /** Of HTTP, when it was no success. */
    readonly status: number | null = null,
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
  /** Absent: no request waits for another one. */
  turns?: Turns | undefined;
  /** Sent with each request; their values are in no message. */
  headers?: RequestHeaders;
}

/** Far more than any call needs but that for a whole state. */
const MAX_BYTES = 32 * 1024 * 1024;

/** What a node says of a refusal; some add the whole call. */
export const LONGEST_MESSAGE = 500;

/** Methods that change nothing, however often they are called. */
const READING = /^(eth_(?!send|sign)|net_|web3_|debug_|trace_|txpool_|[a-z]+_metadata$)/;

/**
 * Repeats no call that may change something. One that only reads is sent once more when its
 * connection was closed instead of an answer: a node that was started again at the same address
 * knows nothing of connections that were kept open to the one before. Nothing of the URL that is
 * secret is in a message, also when the node repeats it.
 */
export function rpc(url: string, timeoutMs = 10_000, options: RpcOptions = {}): Rpc {
  const { turns, headers = {}, maxBytes = MAX_BYTES } = options;
  const send = sender(url, headers, timeoutMs, maxBytes);
  const mask = () => new Mask([...urlSecrets(url), ...headerSecrets(headers)]);
  const hide = (text: string) => said(text, LONGEST_MESSAGE, (heard) => mask().apply(heard));
  const ask = (batch: readonly Asked[]) => {
    const questions = batch.map(({ question }) => question);
    const inTurn: Send = turns ? (body) => turns(questions, () => send(body)) : send;
    void settle(batch, inTurn, hide);
  };
  let lastId = 0;
  let waiting: Asked[] = [];
  const sendAll = () => {
    const batch = waiting;
    waiting = [];
    ask(batch);
  };
  return <T>(method: string, params: unknown[] = []) =>
    new Promise<T>((resolve, reject) => {
      const question: Question = { jsonrpc: '2.0', id: ++lastId, method, params };
      const asked = { question, resolve: resolve as Asked['resolve'], reject };
      if (!options.batch) return ask([asked]);
      if (waiting.length === 0) queueMicrotask(sendAll);
      waiting.push(asked);
    });
}

async function settle(
  batch: readonly Asked[],
  send: Send,
  hide: (text: string) => string,
): Promise<void> {
  try {
    const [only] = batch;
    const body = batch.length === 1 ? only?.question : batch.map(({ question }) => question);
    const mayRepeat = batch.every(({ question }) => READING.test(question.method));
    const { said, status } = await send(body).catch((error: unknown) => {
      if (mayRepeat && wasClosed(error)) return send(body);
      throw error;
    });
    const answers = [said].flat().filter(isAnswer);
    for (const { question, resolve, reject } of batch) {
      const answer = batch.length === 1 ? answers[0] : answers.find((a) => a.id === question.id);
      if (answer?.error) {
        const reason = hide(reasonOf(answer.error));
        reject(new RpcError(reason, false, returnedIn(answer.error), false, status));
      } else if (answer && 'result' in answer) resolve(answer.result);
      else reject(new RpcError(NO_NODE, true, null, false, status));
    }
  } catch (error) {
    for (const { reject } of batch) reject(toRpcError(error));
  }
}

const NO_NODE = 'its answer is not one of an Ethereum node';

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

/** Posts JSON. Returns the response, whatever its status; `status` is null for a success. */
type Send = (body: unknown) => Promise<{ said: unknown; status: number | null }>;

function sender(url: string, own: RequestHeaders, timeoutMs: number, maxBytes: number): Send {
  const { address, authorization } = nodeAddress(url);
  const headers = {
    'content-type': 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    ...authorization,
    ...own,
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
    const isSuccess = statusCode >= 200 && statusCode < 300;
    try {
      // Nodes give the reason of a refusal as JSON, also with a status of 4xx.
      const said: unknown = JSON.parse(text);
      if (typeof said === 'object' && said !== null) {
        return { said, status: isSuccess ? null : statusCode };
      }
    } catch {
      // Told below.
    }
    throw isSuccess ? new SyntaxError('no JSON of a node') : new BadStatus(statusCode);
  };
}

function toRpcError(error: unknown): RpcError {
  if (error instanceof BadStatus) {
    return new RpcError(error.message, true, null, false, error.status);
  }
  if (error instanceof UnreadableBody) return new RpcError(error.message, true);
  if (error instanceof SyntaxError) {
    return new RpcError(NO_NODE, true);
  }
  const late =
    (error instanceof Error && error.name === 'TimeoutError') ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError;
  return new RpcError(
    late ? 'no answer in time' : (untrusted(error) ?? 'no connection'),
    true,
    null,
    late || wasClosed(error),
  );
}
