import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { net, type Session } from 'electron';
import { pagePolicy } from '../host/headers.ts';
import { isPageAddress } from '../host/page-address.ts';
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
    const { pathname } = new URL(request.url);
    let name: string;
    try {
      name = isPageAddress(pathname) ? 'index.html' : decodeURIComponent(pathname);
    } catch {
      return text(400, 'Bad Request');
    }
    const file = path.join(folder, name);
    if (!path.extname(name) || !file.startsWith(folder + path.sep) || name.includes('\0'))
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
