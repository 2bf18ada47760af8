import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import type { HostAddress } from '../../engines/engine.ts';
import { nodeAddress } from '../../eth/node-address.ts';
import { http } from '../../lib/http.ts';
import { ACCEPTED_ENCODINGS, responseText } from '../../lib/response-text.ts';
import type { RecordOptions } from './chain-target.ts';

/** Enough for a batch of creations at the limit of code size. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A tool may request a trace; no other single request takes a node longer. */
const UPSTREAM_MS = 120_000;

/** Methods that send a transaction, and how their result contains its hash. */
const SENDING = /^eth_send(Raw)?Transaction(Sync)?$/;
const ESTIMATE = 'eth_estimateGas';
const ACCOUNTS = new Set(['eth_accounts', 'eth_requestAccounts']);

export interface RecordingProxyOptions {
  /** Address of the node; the tool never sees it. */
  upstream: string;
  /**
   * Listed first in `eth_accounts`, in this order: tools send from the first one by default, and
   * scripts name the others by index. Default: as the node lists them.
   */
  accounts?: readonly string[];
  /** Where it listens, and how the tool knows that. Default: 127.0.0.1. */
  host?: HostAddress;
  /**
   * Called with the hash of each transaction that the node accepted, before the tool gets it. An
   * error that this throws is the tool's reply: the transaction could not be recorded.
   *
   * @param asked what the tool sent: a transaction object, or a raw one as hex
   */
  onSent(hash: string, asked: unknown): void | Promise<void>;
  /**
   * Called with each transaction before the node gets it, to be sent or to be estimated: some tools
   * note between the two that they have sent it. An error that this throws is the tool's reply, and
   * the node never sees the request.
   */
  beforeSend?(asked: unknown): Promise<void>;
  /** Results that the tool gets instead of the node's, by method. */
  rewrites?: Rewrites;
  /** See `RecordOptions`. */
  own?: RecordOptions['own'];
}

/** A proxy between a tool and a node that records what is sent. */
export interface RecordingProxy extends AsyncDisposable {
  /** Its address, with an unguessable path. */
  readonly url: string;
}

const LOOPBACK: HostAddress = { listen: '127.0.0.1', name: '127.0.0.1' };

type Rewrites = NonNullable<RecordOptions['rewrites']>;

interface Call {
  id?: unknown;
  method?: unknown;
  params?: unknown;
}

interface Answer {
  id?: unknown;
  result?: unknown;
  error?: unknown;
}

/**
 * Listens until it is disposed of. Refuses every request for another path, and every request of a
 * browser.
 */
export async function recordingProxy(options: RecordingProxyOptions): Promise<RecordingProxy> {
  const { host = LOOPBACK } = options;
  const path = `/${randomBytes(24).toString('base64url')}`;
  const agent = new Agent({ headersTimeout: UPSTREAM_MS, bodyTimeout: UPSTREAM_MS });
  const server = http.createServer((incoming, response) => {
    if (incoming.url !== path || incoming.method !== 'POST' || incoming.headers.origin) {
      response.writeHead(404).end();
      return;
    }
    pass(incoming, response, agent, options).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else {
        const { type, text } = json(502, refusal(null, messageOf(error)));
        response.writeHead(502, { 'content-type': type }).end(text);
      }
    });
  });
  await listening(server, host.listen);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.name}:${port}${path}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await agent.destroy();
    },
  };
}

function listening(server: Server, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  agent: Agent,
  options: RecordingProxyOptions,
): Promise<void> {
  const body = await bodyOf(incoming);
  if (body === null) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const asked = parsed(body) as Call | Call[];
  const isOwn = [asked].flat().some(({ method }) => methodOf(method, options.own));
  const { status, type, text } = isOwn
    ? await ownReply(asked, agent, options)
    : await nodeReply(asked, body, agent, options);
  response.writeHead(status, { 'content-type': type }).end(text);
}

interface Reply {
  status: number;
  type: 'application/json' | 'text/plain';
  text: string;
}

/** To calls of which the node must not see one at least: one after the other, in their order. */
async function ownReply(
  asked: Call | Call[],
  agent: Agent,
  options: RecordingProxyOptions,
): Promise<Reply> {
  const replies: unknown[] = [];
  for (const call of [asked].flat()) {
    const own = methodOf(call.method, options.own);
    const { id = null } = call;
    if (!own) {
      const body = Buffer.from(JSON.stringify(call));
      const { status, text } = await nodeReply(call, body, agent, options);
      replies.push(answersIn(text) ?? refusal(id, `the node replied with ${status}`));
      continue;
    }
    const reply = await own(call.params).then(
      (result) => ({ jsonrpc: '2.0', id, result }),
      (error: unknown) => refusal(id, messageOf(error)),
    );
    replies.push(reply);
  }
  return json(200, Array.isArray(asked) ? replies : replies[0]);
}

async function nodeReply(
  asked: Call | Call[],
  body: Buffer,
  agent: Agent,
  options: RecordingProxyOptions,
): Promise<Reply> {
  const calls = [asked].flat();
  const refused = await refusedOf(calls, options);
  if (refused !== null) {
    const refusals = calls.map(({ id }) => refusal(id, refused));
    return json(200, Array.isArray(asked) ? refusals : refusals[0]);
  }
  const { address, authorization } = nodeAddress(options.upstream);
  const answered = await request(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-encoding': ACCEPTED_ENCODINGS,
      ...authorization,
    },
    body,
    dispatcher: agent,
  });
  // Some nodes compress whatever they are asked for.
  const encoding = answered.headers['content-encoding'];
  const text = await responseText(answered.body, encoding, MOST_BYTES);
  const status = answered.statusCode;
  const isNoted = calls.some(
    ({ method }) => isSending(method) || isAccounts(method) || methodOf(method, options.rewrites),
  );
  if (!isNoted) return { status, type: 'application/json', text };
  const answers = answersIn(text);
  // Not a node's reply but that of something before it, e.g. that there were too many requests.
  if (answers === null) return { status, type: 'text/plain', text };
  const changed = Array.isArray(answers)
    ? await Promise.all(answers.map((answer) => noted(callOf(calls, answer), answer, options)))
    : await noted(calls[0], answers, options);
  return json(status, changed);
}

/** Why a request must not be sent; null: it may be. */
async function refusedOf(
  calls: readonly Call[],
  { beforeSend }: RecordingProxyOptions,
): Promise<string | null> {
  try {
    for (const call of calls) {
      if (isSending(call.method) || call.method === ESTIMATE) await beforeSend?.(sentBy(call));
    }
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

const sentBy = ({ params }: Call): unknown => (Array.isArray(params) ? params[0] : undefined);

/** Records what was sent, and lists the known accounts first among the node's. */
async function noted(
  call: Call | undefined,
  answer: Answer,
  { accounts = [], onSent, rewrites }: RecordingProxyOptions,
): Promise<Answer> {
  if (isSending(call?.method)) {
    const hash = hashIn(answer.result);
    if (hash === null) return answer;
    try {
      await onSent(hash, call && sentBy(call));
      return answer;
    } catch (error) {
      return refusal(answer.id, `${hash} was sent, and could not be noted: ${messageOf(error)}`);
    }
  }
  if (isAccounts(call?.method) && Array.isArray(answer.result)) {
    const known = [...new Set(accounts.map((one) => one.toLowerCase()))];
    const others = answer.result.filter((one) => !known.includes(`${one}`.toLowerCase()));
    return { ...answer, result: [...known, ...others] };
  }
  const rewrite = methodOf(call?.method, rewrites);
  return rewrite && 'result' in answer ? { ...answer, result: rewrite(answer.result) } : answer;
}

const methodOf = <Work>(method: unknown, works: Record<string, Work> = {}): Work | undefined =>
  typeof method === 'string' && Object.hasOwn(works, method) ? works[method] : undefined;

/** A hash, or a receipt (EIP-7966). */
function hashIn(result: unknown): string | null {
  const hash =
    typeof result === 'object' && result !== null && 'transactionHash' in result
      ? result.transactionHash
      : result;
  return typeof hash === 'string' && /^0x[0-9a-f]{64}$/i.test(hash) ? hash : null;
}

const isSending = (method: unknown): boolean => typeof method === 'string' && SENDING.test(method);
const isAccounts = (method: unknown): boolean => ACCOUNTS.has(method as string);

const callOf = (calls: readonly Call[], answer: Answer): Call | undefined =>
  calls.find(({ id }) => id === answer.id);

/** null: it is too large. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of incoming) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function answersIn(text: string): Answer | Answer[] | null {
  try {
    return parsed(Buffer.from(text)) as Answer | Answer[];
  } catch {
    return null;
  }
}

function parsed(body: Buffer): unknown {
  const value: unknown = JSON.parse(body.toString());
  if (typeof value !== 'object' || value === null) throw new SyntaxError('no JSON-RPC');
  return value;
}

const refusal = (id: unknown, message: string): Answer => ({
  ...{ jsonrpc: '2.0', id: id ?? null },
  error: { code: -32_000, message },
});

const json = (status: number, value: unknown): Reply => ({
  ...{ status, type: 'application/json' },
  text: JSON.stringify(value),
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);
