import { errors, request } from 'undici';

/** One JSON-RPC call. Rejects with `RpcError`, which tells a refusal from an unreachable node. */
export type Rpc = <T = unknown>(method: string, params?: unknown[]) => Promise<T>;

export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    message: string,
    /** The node did not answer at all, or not as a node. */
    readonly unreachable: boolean,
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
  error?: { message?: string };
}

interface Asked {
  question: Question;
  resolve: (result: unknown) => void;
  reject: (error: RpcError) => void;
}

/**
 * Never repeats a call: what may be repeated, the caller knows. The URL is never in a message.
 *
 * @param options.batch send the calls of one turn in one request, which not every node understands
 */
export function rpc(url: string, timeoutMs = 10_000, options: { batch?: boolean } = {}): Rpc {
  const send = sender(url, timeoutMs);
  let lastId = 0;
  let waiting: Asked[] = [];
  const sendAll = () => {
    const batch = waiting;
    waiting = [];
    void settle(batch, send);
  };
  return <T>(method: string, params: unknown[] = []) =>
    new Promise<T>((resolve, reject) => {
      const question: Question = { jsonrpc: '2.0', id: ++lastId, method, params };
      const asked = { question, resolve: resolve as Asked['resolve'], reject };
      if (!options.batch) return void settle([asked], send);
      if (waiting.length === 0) queueMicrotask(sendAll);
      waiting.push(asked);
    });
}

async function settle(
  batch: readonly Asked[],
  send: (body: unknown) => Promise<unknown>,
): Promise<void> {
  try {
    const [only] = batch;
    const answered = await send(
      batch.length === 1 ? only?.question : batch.map(({ question }) => question),
    );
    const answers = [answered].flat() as (Answer | undefined)[];
    for (const { question, resolve, reject } of batch) {
      const answer = batch.length === 1 ? answers[0] : answers.find((a) => a?.id === question.id);
      if (answer?.error) reject(new RpcError(answer.error.message ?? 'refused', false));
      else if (answer && 'result' in answer) resolve(answer.result);
      else reject(new RpcError('its answer is not one of an Ethereum node', true));
    }
  } catch (error) {
    for (const { reject } of batch) reject(toRpcError(error));
  }
}

class BadStatus extends Error {
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/** Posts JSON and answers what comes back, whatever it is. */
function sender(url: string, timeoutMs: number): (body: unknown) => Promise<unknown> {
  const { address, authorization } = parts(url);
  const headers = { 'content-type': 'application/json', ...authorization };
  return async (body) => {
    const { statusCode, body: answer } = await request(address, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    try {
      // Nodes give the reason of a refusal as JSON, also where they answer with 4xx.
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === 'object' && parsed !== null) return parsed;
    } catch {
      if (statusCode >= 200 && statusCode < 300) throw new SyntaxError('no JSON');
    }
    throw new BadStatus(statusCode);
  };
}

/** User and password of an address are sent as HTTP wants them. */
function parts(url: string): { address: string; authorization?: { authorization: string } } {
  const address = new URL(url);
  if (!address.username && !address.password) return { address: url };
  const words = [address.username, address.password].map(decodeURIComponent).join(':');
  address.username = '';
  address.password = '';
  const authorization = `Basic ${Buffer.from(words).toString('base64')}`;
  return { address: address.toString(), authorization: { authorization } };
}

function toRpcError(error: unknown): RpcError {
  if (error instanceof BadStatus) return new RpcError(error.message, true);
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
