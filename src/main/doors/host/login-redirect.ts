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
  if (isFromElsewhere(request)) {
    leadOn(response, location, headers);
    return;
  }
  response.writeHead(303, { ...headers, location });
  response.end();
}

const isFromElsewhere = ({ headers }: IncomingMessage): boolean =>
  headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';

/** Whether a person has followed a link on another site, for which the browser kept its cookie. */
export const isFollowedLink = (request: IncomingMessage): boolean =>
  isFromElsewhere(request) &&
  request.headers['sec-fetch-mode'] === 'navigate' &&
  request.headers['sec-fetch-dest'] === 'document';

/** Lets the browser ask for the same page once more, from here. The response holds nothing else. */
export function askAgain(response: ServerResponse, { pathname, search }: URL): void {
  leadOn(response, `/${pathname.replace(/^[/\\]+/, '')}${search}`, { 'cache-control': 'no-store' });
}

function leadOn(response: ServerResponse, location: string, headers: Record<string, string>): void {
  const target = location.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><meta http-equiv="refresh" content="0; url=${target}"><title>Drydock</title>`,
  );
}
