import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Closed, forbidden, gate, type Let } from './gate.ts';
import {
  callsIn,
  goneReason,
  goneText,
  invalid,
  refusal,
  rewritten,
  UNAUTHORIZED,
  UNAVAILABLE,
} from './json-rpc.ts';
import { orderedAccounts } from './ordered-accounts.ts';
import { passHttp } from './pass-http.ts';
import { readBody } from './read-body.ts';
import type { ServedChain } from './served-chain.ts';
import type { Watched } from './traffic.ts';

/** Longer bodies are sent on as they come, unless something has to be looked at. */
const LONG_BYTES = 1024 * 1024;
/** For what has to be looked at. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_HELD_BYTES = 256 * 1024 * 1024;

/** Connections that are being closed: requests that came together with the last one are not read. */
const closing = new WeakSet<Socket>();

/** Serves one request of a chain's port. */
export function serveHttp(
  chain: ServedChain,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (closing.has(request.socket)) return;
  const caller = gate(chain, request);
  const closed = 'status' in caller ? caller : notServed(request, caller);
  if (closed) turnAway(response, closed.status, closed.message);
  else if ('status' in caller) return;
  else if (request.method === 'OPTIONS') preflight(request, response, caller);
  else {
    chain.counts.requests++;
    const most = caller.kind === 'limited' ? MOST_BYTES : LONG_BYTES;
    readBody(request, most, (body, isWhole) =>
      withBody({ chain, caller, request, response }, body, isWhole),
    );
  }
}

interface Exchange {
  chain: ServedChain;
  caller: Let;
  request: IncomingMessage;
  response: ServerResponse;
}

function notServed({ method, headers }: IncomingMessage, caller: Let): Closed | null {
  if (method === 'OPTIONS') return null;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    return { status: 415, message: 'Send the body as it is, without a content-encoding.' };
  }
  if (caller.kind === 'limited' && method !== 'POST') {
    return { status: 405, message: 'Pages send calls by POST.' };
  }
  return null;
}

function withBody(exchange: Exchange, body: Buffer, isWhole: boolean): void {
  const { chain, caller, response } = exchange;
  if (chain.counts.heldBytes + body.length > MOST_HELD_BYTES) {
    turnAway(response, 503, 'Too much is on its way to this chain. Try again.');
    return;
  }
  chain.counts.heldBytes += body.length;
  response.on('close', () => {
    chain.counts.heldBytes -= body.length;
  });
  const checked = caller.kind === 'limited' ? ofLimited(exchange, body, isWhole) : body;
  if (checked === null) return;
  const { over } = chain.hold;
  const go = () => watch(exchange, checked, isWhole);
  if (over) void over.then(go);
  else go();
}

function watch(exchange: Exchange, body: Buffer, isWhole: boolean): void {
  const { chain, caller } = exchange;
  const watched = isWhole ? chain.traffic.watch(body, caller) : null;
  const accounts = isWhole ? orderedAccounts(chain, body) : null;
  if (accounts) {
    const ended = chain.begin();
    void accounts.then((reply) => {
      ended();
      if (reply === null) return forward(exchange, body, watched);
      watched?.tap?.seen(Buffer.from(reply));
      answer(exchange.response, caller, 200, reply);
    });
    return;
  }
  if (watched?.ready) void watched.ready.then(() => forward(exchange, body, watched));
  else forward(exchange, body, watched);
}

/** What was checked is what is sent: a text of two meanings means one. null: it was refused. */
function ofLimited({ chain, caller, response }: Exchange, body: Buffer, isWhole: boolean) {
  if (!isWhole) {
    turnAway(response, 413, 'That is too much in one request.');
    return null;
  }
  const found = callsIn(body);
  if (!found) {
    answer(response, caller, 400, invalid('That is no JSON-RPC.'));
    return null;
  }
  const reason = forbidden(chain, caller, found.calls);
  const checked = rewritten(found);
  if (reason === null && checked) return checked;
  if (reason === null) answer(response, caller, 400, invalid('That is nested too deep.'));
  else answer(response, caller, 403, refusal(body, UNAUTHORIZED, reason));
  return null;
}

/** @param watched null: the body is the begin of a longer one */
function forward(
  { chain, caller, request, response }: Exchange,
  body: Buffer,
  watched: Watched | null,
): void {
  if (response.destroyed) return;
  const isWhole = watched !== null;
  const { method = 'GET', url = '/', headers } = request;
  const out: string[] = [];
  if (headers['content-type'] !== undefined) out.push('content-type', headers['content-type']);
  if (headers.accept !== undefined) out.push('accept', headers.accept);
  if (isWhole) {
    if (body.length > 0 || (method !== 'GET' && method !== 'HEAD')) {
      out.push('content-length', `${body.length}`);
    }
  } else if (headers['content-length'] !== undefined) {
    out.push('content-length', headers['content-length']);
  } else out.push('transfer-encoding', 'chunked');
  if (!isWhole) request.unshift(body);
  const { backend } = chain;
  passHttp(response, {
    backend,
    out: { method, path: url, headers: out, body: isWhole ? body : null },
    headers: corsHeaders(caller),
    rest: isWhole ? null : request,
    tap: watched?.tap ?? null,
    failed(error, isGone) {
      watched?.failed(isGone ? goneReason(error) : error.message);
      if (!isGone) return;
      chain.tell({ chain: chain.name, type: 'upstream-gone', reason: goneReason(error) });
      const reason = goneText(chain.name, error);
      answer(response, caller, 502, refusal(isWhole ? body : null, UNAVAILABLE, reason));
    },
    ended: chain.begin(),
  });
}

/** Every page gets its own origin back, and never that of all. */
function corsHeaders({ origin }: Let): Record<string, string> {
  return origin === null ? {} : { 'access-control-allow-origin': origin, vary: 'origin' };
}

/** https://fetch.spec.whatwg.org/#http-cors-protocol, https://wicg.github.io/private-network-access */
function preflight({ headers }: IncomingMessage, response: ServerResponse, caller: Let): void {
  const wanted = headers['access-control-request-headers'];
  const toPrivate =
    headers['access-control-request-private-network'] ??
    headers['access-control-request-local-network'];
  response.writeHead(204, {
    ...corsHeaders(caller),
    'access-control-allow-methods': 'POST, GET, OPTIONS',
    ...(wanted !== undefined && { 'access-control-allow-headers': wanted }),
    ...(toPrivate !== undefined && { 'access-control-allow-private-network': 'true' }),
    // Short: what is no longer allowed ends soon.
    'access-control-max-age': '60',
  });
  response.end();
}

/** Nothing of the body is read, and no page may read why. */
function turnAway(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent || response.destroyed) return;
  closing.add(response.req.socket);
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(refusal(null, UNAUTHORIZED, message));
}

function answer(response: ServerResponse, caller: Let, status: number, body: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...corsHeaders(caller), 'content-type': 'application/json' });
  response.end(body);
}
