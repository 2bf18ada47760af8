import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Why the host doesn't serve a request, in the shape of every other error of the API. */
export interface Refusal {
  status: 401 | 403 | 404 | 405 | 415 | 429 | 500 | 503 | 507;
  code: string;
  message: string;
  retryAfterSeconds?: number;
}

/** How long a refused upgrade stays open for its response to be read. */
const lingerMs = 500;

const reasons: Record<Refusal['status'], string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
};

function headersOf({ status, retryAfterSeconds }: Refusal): Record<string, string> {
  return {
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="Drydock"' } : {}),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
}

const json = ({ status, code, message }: Refusal) =>
  JSON.stringify({ defined: false, code, status, message });

/** A page for a person who came without the token, words for everything else. */
function page({ status, message }: Refusal): string {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>Drydock: ${reasons[status]}</title>
<style>
body { font: 15px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
h1 { font-size: 1.1rem }
</style>
<h1>Drydock is running, but this page can't be shown</h1>
<p>${text}</p>
</html>
`;
}

/** Returns whether the request names HTML among what it accepts: browsers do for pages they show. */
export const asksForPage = (request: IncomingMessage): boolean =>
  request.headers.accept?.includes('text/html') ?? false;

/** Returns a request with a refusal: a page where one was asked for, JSON otherwise. */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const html = asksForPage(request);
  const body = html ? page(refusal) : json(refusal);
  response.writeHead(refusal.status, {
    ...headersOf(refusal),
    'content-type': html ? 'text/html; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    // The rest of an unread body must not be taken for the next request.
    ...(request.complete ? {} : { connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Returns an upgrade that isn't going to happen. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const body = json(refusal);
  const headers = {
    ...headersOf(refusal),
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  // A program that never closes its end would hold the connection for ever.
  socket.end(
    `HTTP/1.1 ${refusal.status} ${reasons[refusal.status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
    () => setTimeout(() => socket.destroy(), lingerMs).unref(),
  );
}
