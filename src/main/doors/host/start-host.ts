import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import type { App } from '../../app.ts';
import { appRoot } from '../../lib/app-root.ts';
import type { Context } from '../../lib/declared-errors.ts';
import { http } from '../../lib/http.ts';
import type { Caller } from '../../shared/caller.ts';
import { AppError } from '../../shared/errors.ts';
import { type Admission, Auth, type AuthOptions } from './auth.ts';
import { controlPaths } from './control.ts';
import { type Discovery, removeDiscoveryFile, writeDiscoveryFile } from './discovery-file.ts';
import { secureHeaders } from './headers.ts';
import type { HttpApi } from './http-api.ts';
import { isLegacy } from './legacy/is-legacy.ts';
import { listen } from './listen.ts';
import { LoginLimiter } from './login-limiter.ts';
import { askAgain, isFollowedLink, loginRedirect } from './login-redirect.ts';
import { assertMayCall } from './may-call.ts';
import { isPageAddress, isSharedAddress } from './page-address.ts';
import { serveReference } from './reference.ts';
import { asksForPage, type Refusal, refuse, refuseUpgrade } from './refusal.ts';
import { isOfSameUser } from './same-user.ts';
import { scopesOfCalls } from './scope-of-call.ts';
import { maxSockets, serveSockets } from './sockets.ts';
import { hostToken, renewToken } from './token.ts';

export interface HostOptions {
  /** Absent: the usual one, or any that is free when that is taken. 0: any that is free. */
  port?: number;
  /** Folder of the built renderer. */
  pages?: string;
  /** For tests: how often sockets are asked whether they live, in ms, and how much is too much. */
  heartbeat?: number;
  limits?: Pick<AuthOptions, 'failuresPerMinute' | 'requestsPerSecond'> & {
    /** Connections that have not shown the token. */
    strangers?: number;
    /** Streams of one socket. */
    streams?: number;
  };
}

export interface Host {
  /** Without a slash at its end, e.g. `http://127.0.0.1:8741`. */
  url: string;
  port: number;
  /** As it is now: it can be renewed while the host runs. */
  readonly token: string;
  /** What a person opens: it carries the token, and leads to a page whose address doesn't. */
  readonly address: string;
  /** Ends every connection and stream, and forgets the beacon. The app stays open. */
  close(): Promise<void>;
}

/** How long a program may take to say what it wants; how often is looked. */
const patience = {
  headersTimeout: 5000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
};

/** Files whose names change with their content. */
const hashed = /^\/assets\//;
const forever = 'private, max-age=31536000, immutable';

const maxBodyBytes = 2 * 1024 * 1024;

const notFound: Refusal = { status: 404, code: 'NOT_FOUND', message: 'There is nothing here.' };

const notYours: Refusal = {
  status: 403,
  code: 'FORBIDDEN',
  message: 'This address was made for another user of this machine.',
};

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

function sendJsonText(response: ServerResponse, body: string): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

const sendJson = (response: ServerResponse, value: unknown) =>
  sendJsonText(response, JSON.stringify(value));

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
  const server = http.createServer(patience);
  const strangers = new LoginLimiter(server, options.limits?.strangers);
  let token = await hostToken(app.home);
  const access = await app.access();
  const scopeOf = scopesOfCalls(app);
  // Nothing may be awaited from here to the listeners below: a page that waits for us to come back
  // asks at once, and a request without a listener never gets a response.
  const port = await listen(server, options.port);
  const url = `http://127.0.0.1:${port}`;

  const gate = new Auth(access, { port, token, ...options.limits });
  const secure = secureHeaders(port);
  const sockets = serveSockets(app, {
    heartbeat: options.heartbeat,
    streams: options.limits?.streams,
  });
  let loadingApi: Promise<HttpApi> | undefined;
  /** Pages do without it: it is loaded with the first request. */
  const loadedApi = () => {
    loadingApi ??= import('./http-api.ts').then(({ httpApi }) => httpApi(app, maxBodyBytes));
    return loadingApi;
  };
  const stopListening = access.onEnded(sockets.end);
  const reference = serveReference();
  const pages = sirv(options.pages ?? path.join(appRoot(), 'out', 'renderer'), {
    // Looks at the disk each time, so that a new build is served without a restart.
    dev: true,
    etag: true,
    // Made by the build.
    brotli: true,
    gzip: true,
    setHeaders(response, pathname) {
      if (hashed.test(pathname)) response.setHeader('Cache-Control', forever);
      // In place of what sirv says: at some addresses programs are given something else.
      if (pathname === '/') response.setHeader('Vary', 'Accept, Accept-Encoding');
    },
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const foreign = gate.checkOrigin(request);
    if (foreign) return refuse(request, response, foreign);

    const address = addressOf(request);
    const { pathname } = address;
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const isShared = isReading && isSharedAddress(pathname);
    if (isShared) response.setHeader('vary', 'accept');
    const forSimple = isLegacy(pathname) && !(isShared && asksForPage(request));
    const forApi = pathname === '/api' || pathname.startsWith('/api/');
    const isPage = !(forApi || forSimple) || pathname === '/api/docs';
    if (request.method === 'GET' && isPage) {
      const entered = await checkEntry(request, address);
      if (entered === null)
        return loginRedirect(request, response, {
          ...{ cookie: gate.newCookie(request), address },
        });
      if (entered) return refuse(request, response, entered);
      if (isFollowedLink(request)) return askAgain(response, address);
    }

    const admitted = await gate.admit(request);
    if ('status' in admitted) return refuse(request, response, admitted);
    strangers.know(request.socket);

    if (request.method === 'POST' && gate.hasToken(request)) {
      if (pathname === controlPaths.code) return sendJson(response, { code: gate.issueCode() });
      if (pathname === controlPaths.token) return renew(response, admitted.caller);
    }
    if (forApi) return serveApi(request, response, { pathname, context: contextOf(admitted) });
    if (forSimple) {
      if (hasOtherBody(request)) return refuse(request, response, notJson);
      return answer(request, response, {
        ...{ serve: (await loadedApi()).serveSimple, context: contextOf(admitted) },
      });
    }
    if (!isReading) {
      return refuse(request, response, {
        status: 405,
        code: 'METHOD_NOT_ALLOWED',
        message: 'Pages can only be read. The API is under /api.',
      });
    }
    if (isPageAddress(pathname)) request.url = '/';
    pages(request, response, () => refuse(request, response, notFound));
  }

  function contextOf({ caller, token }: Admission): Context {
    const own: Context = { ...app.context, caller };
    if (!token) return own;
    return { ...own, mayCall: (call) => assertMayCall(token, call, { access, scopeOf }) };
  }

  /** null: the address holds what lets a browser in. undefined: it holds nothing of the kind. */
  async function checkEntry(
    request: IncomingMessage,
    { searchParams }: URL,
  ): Promise<Refusal | null | undefined> {
    const given = searchParams.get('token');
    if (given !== null) return gate.checkGivenToken(given);
    const code = searchParams.get('code');
    if (code === null) return undefined;
    // A code can be read in the process list, by the other users of this machine too.
    return (await isOfSameUser(request.socket)) ? gate.checkGivenCode(code) : notYours;
  }

  /** Whatever was let in with the old token is cut: pages say so, scripts get a 401. */
  async function renew(response: ServerResponse, by: Caller): Promise<void> {
    app.context.beforeChange?.('host.renewToken');
    token = await renewToken(app.home);
    gate.renew(token, by);
    beacon.token = token;
    await writeDiscoveryFile(app.home, beacon);
    logger.info('the token was renewed');
    sockets.closeAll();
    response.once('close', () => server.closeAllConnections());
    response.setHeader('connection', 'close');
    sendJson(response, { token });
  }

  async function serveApi(
    request: IncomingMessage,
    response: ServerResponse,
    { pathname, context }: { pathname: string; context: Context },
  ): Promise<void> {
    if (request.method === 'GET' || request.method === 'HEAD') {
      if (pathname === '/api/openapi.json') {
        return sendJsonText(response, await (await loadedApi()).document());
      }
      if (reference(request, response, pathname)) return;
    }
    return answer(request, response, { serve: (await loadedApi()).serve, context });
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    { serve, context }: { serve: HttpApi['serve']; context: Context },
  ): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    if (!(await serve(request, response, context))) refuse(request, response, notFound);
  }

  server.on('request', (request, response) => {
    secure(response);
    serve(request, response).catch((error: unknown) => {
      // The caller has gone away: no response is needed.
      if (request.destroyed && !request.complete) return;
      const fault = error instanceof AppError ? error : app.context.dataFolderError(error);
      if (fault?.code === 'DATA_FOLDER_UNUSABLE' && !response.headersSent) {
        return refuse(request, response, { status: 507, code: fault.code, message: fault.message });
      }
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
      const admitted = gate.checkOrigin(request) ?? (await gate.admit(request));
      const refusal =
        ('status' in admitted ? admitted : null) ??
        (isRpc ? null : notFound) ??
        (sockets.server.clients.size < maxSockets
          ? null
          : ({ status: 503, code: 'BUSY', message: 'Too many connections.' } satisfies Refusal));
      if (refusal || 'status' in admitted) {
        return refuseUpgrade(socket, refusal ?? (admitted as Refusal));
      }
      strangers.know(request.socket);
      sockets.server.handleUpgrade(request, socket, head, (client) => {
        sockets.serve(client, admitted, contextOf(admitted));
      });
    }
  });

  const beacon: Discovery = { pid: process.pid, port, url, token, startedAt: Date.now() };
  try {
    await writeDiscoveryFile(app.home, beacon);
  } catch (error) {
    sockets.close();
    server.close();
    throw error;
  }
  logger.info({ port }, 'the host listens');

  return {
    url,
    port,
    get token() {
      return token;
    },
    get address() {
      return `${url}/?token=${token}`;
    },
    async close() {
      stopListening();
      await removeDiscoveryFile(app.home, beacon);
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
