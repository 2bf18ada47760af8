import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets a browser in that came with the token or a code: gives it a cookie, and leads it to the same
 * page without either in its address.
 */
export function loginRedirect(
  request: IncomingMessage,
  response: ServerResponse,
  { cookie, address }: { cookie: string; address: URL },
): void {
  const { pathname, searchParams } = address;
  searchParams.delete('token');
  searchParams.delete('code');
  const query = searchParams.size > 0 ? `?${searchParams}` : '';
  // One slash only: two would lead to another host.
  const location = `/${pathname.replace(/^[/\\]+/, '')}${query}`;
  const headers = { 'set-cookie': cookie, 'cache-control': 'no-store' };

  // Who follows a link on another site isn't sent on with a strict cookie; a page of the app is.
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') {
    const target = location.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><meta http-equiv="refresh" content="0; url=${target}"><title>Drydock</title>`,
    );
    return;
  }
  response.writeHead(303, { ...headers, location });
  response.end();
}
