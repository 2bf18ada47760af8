import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { HTTPPath } from '@orpc/client';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { BodyLimitPlugin } from '@orpc/server/node';
import { experimental_ZodSmartCoercionPlugin } from '@orpc/zod/zod4';
import sirv from 'sirv';
import type { App } from '../../app.ts';
import type { Context } from '../../kit/declared-errors.ts';
import { appRoot } from '../../kit/resources.ts';
import { version } from '../../kit/version.ts';
import { apiDocument } from './api-document.ts';
import { type Beacon, removeBeacon, writeBeacon } from './beacon.ts';
import { enter } from './enter.ts';
import { Gate, type GateOptions } from './gate.ts';
import { secureHeaders } from './headers.ts';
import { listen } from './listen.ts';
import { serveReference } from './reference.ts';
import { type Refusal, refuse, refuseUpgrade } from './refusal.ts';
import { isSimple } from './simple/is-simple.ts';
import { simpleRouter } from './simple/router.ts';
import { maxSockets, serveSockets } from './sockets.ts';
import { hostToken } from './token.ts';

export interface HostOptions {
  /** Absent: the usual one, or any that is free when that is taken. 0: any that is free. */
  port?: number;
  /** Folder of the built renderer. */
  pages?: string;
  /** For tests: how often sockets are asked whether they live, in ms, and how much is too much. */
  heartbeat?: number;
  limits?: Pick<GateOptions, 'failuresPerMinute' | 'requestsPerSecond'>;
}

export interface Host {
  /** Without a slash at its end, e.g. `http://127.0.0.1:8741`. */
  url: string;
  port: number;
  token: string;
  /** What a person opens: it carries the token, and leads to a page whose address doesn't. */
  address: string;
  /** Ends every connection and stream, and forgets the beacon. The app stays open. */
  close(): Promise<void>;
}

const maxBodyBytes = 2 * 1024 * 1024;

const notFound: Refusal = { status: 404, code: 'NOT_FOUND', message: 'There is nothing here.' };

const notJson: Refusal = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'Send JSON, with the header "Content-Type: application/json".',
};

function hasOtherBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  const hasBody = headers['transfer-encoding'] !== undefined || (length ?? '0') !== '0';
  return hasBody && !/^application\/json\b/i.test(headers['content-type'] ?? '');
}

/** What a request asks for. Its path may begin with two slashes, which is no host's name. */
function addressOf(request: IncomingMessage): URL {
  const path = request.url ?? '/';
  return new URL(`http://localhost${path.startsWith('/') ? path : '/'}`);
}

/**
 * Serves the app on 127.0.0.1: its pages, the contract on WebSockets (`/rpc`) and over HTTP
 * (`/api`, and a plainer face of it at the root), and the description of the latter. Resolves once it listens and can be found by its
 * beacon. Throws PORT_TAKEN.
 */
export async function startHost(app: App, options: HostOptions = {}): Promise<Host> {
  const { logger } = app;
  const server = createServer();
  const token = await hostToken(app.home);
  // Nothing may be awaited from here to the listeners below: a page that waits for us to come back
  // asks at once, and what nobody listens to is never answered.
  const port = await listen(server, options.port);
  const url = `http://127.0.0.1:${port}`;

  const gate = new Gate({ port, token, ...options.limits });
  const secure = secureHeaders(port);
  const sockets = serveSockets(app, { heartbeat: options.heartbeat });
  const plugins = [
    new BodyLimitPlugin<Context>({ maxBodySize: maxBodyBytes }),
    // Paths and queries hold text only: "7" is the number that a procedure asks for.
    new experimental_ZodSmartCoercionPlugin<Context>(),
  ];
  const api = new OpenAPIHandler(app.router, { plugins });
  const simple = new OpenAPIHandler(simpleRouter(app), { plugins });
  const reference = serveReference();
  const pages = sirv(options.pages ?? path.join(appRoot(), 'out', 'renderer'), {
    // Looks at the disk each time, so that a new build is served without a restart.
    dev: true,
    etag: true,
  });
  let document: Promise<string> | undefined;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = gate.checkOrigin(request);
    if (foreign) return refuse(request, response, foreign);

    const address = addressOf(request);
    const { pathname } = address;
    const forSimple = isSimple(pathname);
    const forApi = pathname === '/api' || pathname.startsWith('/api/');
    const given = address.searchParams.get('token');
    const isPage = !(forApi || forSimple) || pathname === '/api/docs';
    if (given !== null && request.method === 'GET' && isPage) {
      const refusal = await gate.checkGivenToken(given);
      if (refusal) return refuse(request, response, refusal);
      return enter(request, response, { cookie: gate.setCookie, address });
    }

    const refusal = await gate.checkToken(request);
    if (refusal) return refuse(request, response, refusal);

    if (forApi) return serveApi(request, response, pathname);
    if (forSimple) {
      if (hasOtherBody(request)) return refuse(request, response, notJson);
      return answer(request, response, simple);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse(request, response, {
        status: 405,
        code: 'METHOD_NOT_ALLOWED',
        message: 'Pages can only be read. The API is under /api.',
      });
    }
    pages(request, response, () => refuse(request, response, notFound));
  }

  async function serveApi(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
  ): Promise<void> {
    if (request.method === 'GET' || request.method === 'HEAD') {
      if (pathname === '/api/openapi.json') {
        document ??= apiDocument(version()).then((spec) => JSON.stringify(spec));
        const body = await document;
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'cache-control': 'no-store',
        });
        response.end(body);
        return;
      }
      if (reference(request, response, pathname)) return;
    }
    return answer(request, response, api, '/api');
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    handler: OpenAPIHandler<Context>,
    prefix?: HTTPPath,
  ): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    const { matched } = await handler.handle(request, response, { prefix, context: app.context });
    if (!matched) refuse(request, response, notFound);
  }

  server.on('request', (request, response) => {
    secure(response);
    serve(request, response).catch((error: unknown) => {
      // Who has gone away needs no answer.
      if (request.destroyed && !request.complete) return;
      logger.error({ err: error, path: request.url?.split('?')[0] }, 'a request failed');
      if (response.headersSent) response.destroy();
      else {
        refuse(request, response, {
          status: 500,
          code: 'INTERNAL',
          message: 'Drydock failed to answer; its log says why.',
        });
      }
    });
  });

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    void upgrade().catch((error: unknown) => {
      logger.error({ err: error }, 'an upgrade failed');
      socket.destroy();
    });

    async function upgrade(): Promise<void> {
      const isRpc = addressOf(request).pathname === '/rpc';
      const refusal =
        gate.checkOrigin(request) ??
        (await gate.checkToken(request)) ??
        (isRpc ? null : notFound) ??
        (sockets.server.clients.size < maxSockets
          ? null
          : ({ status: 503, code: 'BUSY', message: 'Too many connections.' } satisfies Refusal));
      if (refusal) return refuseUpgrade(socket, refusal);
      sockets.server.handleUpgrade(request, socket, head, (client) => {
        sockets.server.emit('connection', client, request);
      });
    }
  });

  const beacon: Beacon = { pid: process.pid, port, url, token, startedAt: Date.now() };
  try {
    await writeBeacon(app.home, beacon);
  } catch (error) {
    sockets.close();
    server.close();
    throw error;
  }
  logger.info({ port }, 'the host listens');

  return {
    url,
    port,
    token,
    address: `${url}/?token=${token}`,
    async close() {
      await removeBeacon(app.home, beacon);
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
