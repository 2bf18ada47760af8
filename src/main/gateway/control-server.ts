import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { http } from '../lib/http.ts';
import { sha256 } from '../lib/sha256.ts';
import { messageOf } from '../shared/errors.ts';
import type { ChainThread } from './chain-thread.ts';
import type { Chains } from './chains.ts';
import {
  chainSettings,
  type GatewayStatus,
  reverted,
  upstreamSettings,
} from './control/protocol.ts';
import type { EventRing } from './event-ring.ts';
import type { Forwarders } from './forwarders.ts';
import { Refused } from './refused.ts';

const MOST_BODY_BYTES = 8 * 1024 * 1024;
const MOST_CALLS = 1000;

export interface ControlOptions {
  token: string;
  chains: Chains;
  forwarders: Forwarders;
  events: EventRing;
  status(): Promise<GatewayStatus>;
  /** Called once the reply is sent. */
  stop(): void;
  /** From then on nothing is answered: who asks hears that it is gone, and not sooner. */
  isStopping(): boolean;
}

/** Serves the core, and no one who doesn't have the token. */
export function controlServer(options: ControlOptions) {
  return http.createServer((request, response) => {
    if (options.isStopping()) return;
    handle(request, response, options).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      if (error instanceof Refused) return refuse(response, error);
      if (error instanceof z.ZodError) {
        return refuse(response, new Refused(422, 'BAD_INPUT', z.prettifyError(error)));
      }
      refuse(response, new Refused(500, 'INTERNAL', messageOf(error)));
    });
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: ControlOptions,
): Promise<void> {
  if (!hasToken(request, options.token)) {
    throw new Refused(401, 'UNAUTHORIZED', 'The token of the gateway is missing or wrong.');
  }
  // As it was sent: a chain may have the name of a folder above.
  const [pathname = '', ...search] = (request.url ?? '/').split('?');
  const query = new URLSearchParams(search.join('?'));
  const [, room = '', name = '', action = '', ...more] = pathname.split('/');
  const { method } = request;
  const { chains, forwarders, events } = options;
  const route =
    more.length > 0
      ? ''
      : `${method} /${[room, name && ':chain', action].filter(Boolean).join('/')}`;
  const chain = named(name);
  const seen = query.has('revision') ? numberOf(query, 'revision', 0) : undefined;
  switch (route) {
    case 'GET /status':
      return send(response, await options.status());
    case 'GET /events':
      return follow(response, events, numberOf(query, 'after', 0));
    case 'POST /stop':
      return stopped(response, options, query.has('idle'));
    case 'GET /chains/:chain':
      return send(response, await chains.settled(chain));
    case 'PUT /chains/:chain':
      return send(
        response,
        await chains.put(chain, chainSettings.parse(await bodyOf(request)), seen),
      );
    case 'DELETE /chains/:chain':
      await chains.remove(chain, seen);
      return send(response, null);
    case 'POST /chains/:chain/reverting':
      return reverting(response, chains.require(chain));
    case 'POST /chains/:chain/reverted':
      await chains.require(chain).reverted(reverted.parse(await bodyOf(request)));
      return send(response, null);
    case 'GET /chains/:chain/journal':
      return send(
        response,
        await chains.require(chain).journal(Math.min(numberOf(query, 'last', 100), MOST_CALLS)),
      );
    case 'PUT /upstreams/:chain':
      return send(
        response,
        await forwarders.put(chain, upstreamSettings.parse(await bodyOf(request)), seen),
      );
    case 'DELETE /upstreams/:chain':
      await forwarders.remove(chain, seen);
      return send(response, null);
    default:
      throw new Refused(404, 'NOT_FOUND', `The gateway has no ${method} ${pathname}.`);
  }
}

/** @param onlyIdle leave it where a core has begun to use it since it was looked at */
function stopped(
  response: ServerResponse,
  { chains, forwarders, stop }: ControlOptions,
  onlyIdle: boolean,
): void {
  const stops = !onlyIdle || chains.size + forwarders.size === 0;
  if (stops) response.once('close', stop);
  send(response, { stops });
}

function hasToken({ headers }: IncomingMessage, token: string): boolean {
  const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(token)));
}

function named(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refused(422, 'BAD_INPUT', 'The name of the chain is no encoded text.');
  }
}

function numberOf(query: URLSearchParams, name: string, otherwise: number): number {
  const value = Number(query.get(name) ?? otherwise);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Refused(422, 'BAD_INPUT', `"${name}" is a whole number from 0 on.`);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    bytes += piece.length;
    if (bytes > MOST_BODY_BYTES) throw new Refused(413, 'BAD_INPUT', 'That is too much at once.');
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString());
  } catch {
    throw new Refused(422, 'BAD_INPUT', 'The body is no JSON.');
  }
}

/** One line for each event; an empty one first, so that the core knows that it is heard. */
function follow(response: ServerResponse, events: EventRing, after: number): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.write('\n');
  const end = events.follow(after, (event) => response.write(`${JSON.stringify(event)}\n`));
  response.once('close', end);
}

/** The head of the reply says that requests wait; its end, that the chain may be taken back. */
async function reverting(response: ServerResponse, chain: ChainThread): Promise<void> {
  await chain.pause();
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  await chain.remember();
  response.end('null');
}

function send(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

const refuse = (response: ServerResponse, { status, code, message }: Refused): void =>
  send(response, { code, message }, status);
