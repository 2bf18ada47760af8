import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { net, type Session } from 'electron';
import { pagePolicy } from '../host/headers.ts';
import { scheme } from './address.ts';

const headers = {
  // Nothing is fetched from anywhere: the page talks through its port.
  'content-security-policy': pagePolicy("'self'"),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const text = (status: number, message: string) =>
  new Response(message, { status, headers: { ...headers, 'content-type': 'text/plain' } });

/** Serves the built renderer, and only that folder, under our own scheme. */
export function servePages(session: Session, folder: string): void {
  session.protocol.handle(scheme, async (request) => {
    if (request.method !== 'GET') return text(405, 'Method Not Allowed');
    let pathname: string;
    try {
      pathname = decodeURIComponent(new URL(request.url).pathname);
    } catch {
      return text(400, 'Bad Request');
    }
    // A page has no extension; its address is one for the renderer's router.
    const file = path.join(folder, path.extname(pathname) ? pathname : 'index.html');
    if (!file.startsWith(folder + path.sep) || pathname.includes('\0'))
      return text(404, 'Not Found');
    try {
      const found = await net.fetch(pathToFileURL(file).href);
      if (!found.ok) return text(404, 'Not Found');
      const type = found.headers.get('content-type');
      return new Response(found.body, {
        headers: { ...headers, ...(type ? { 'content-type': type } : {}) },
      });
    } catch {
      return text(404, 'Not Found');
    }
  });
}
