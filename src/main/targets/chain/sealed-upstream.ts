import { z } from 'zod';
import type { Seal } from '../../lib/secrets/seal.ts';
import { headerSecrets } from '../../lib/secrets/secret-headers.ts';
import { urlSecrets } from '../../lib/secrets/secret-url.ts';
import type { ForwardedUpstream } from './chain-gateway.ts';

const upstream = z.object({
  listen: z.object({ host: z.string(), port: z.int() }),
  path: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
});

/** As it is recorded of a fork that runs: it holds keys, and where they can be used. */
export const sealUpstream = (seal: Seal, forwarded: ForwardedUpstream): string =>
  seal.seal(JSON.stringify(forwarded));

/** null: it can't be read. */
export function openUpstream(seal: Seal, sealed: string): ForwardedUpstream | null {
  try {
    return upstream.parse(JSON.parse(seal.open(sealed)));
  } catch {
    return null;
  }
}

/** What of it is to be hidden while its fork runs, whatever its network is by then. */
export const secretsOf = ({ path, url, headers }: ForwardedUpstream): string[] => [
  path,
  ...urlSecrets(url),
  ...headerSecrets(headers),
];
