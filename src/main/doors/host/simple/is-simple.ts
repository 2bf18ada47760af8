import type { IncomingMessage } from 'node:http';

const beginnings = /^\/(deploy|publish|networks|admin|containers)(\/|$)/;

/**
 * Whether a request is for the plain API. Some of our pages have the same address: who asks for a
 * page gets it.
 */
export const isSimple = ({ headers }: IncomingMessage, pathname: string): boolean =>
  beginnings.test(pathname) && !headers.accept?.includes('text/html');
