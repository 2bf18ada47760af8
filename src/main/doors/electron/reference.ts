import { openingAddress } from '../host/control.ts';
import type { Discovery } from '../host/discovery-file.ts';

/** The address that shows a browser the description of the API, once; it holds no token. */
export async function referenceAddress(host: Pick<Discovery, 'url' | 'token'>): Promise<string> {
  const address = new URL(await openingAddress(host));
  address.pathname = '/api/docs';
  return address.href;
}
