import type { Seal } from '../../lib/secrets/seal.ts';
import { urlSecrets } from '../../lib/secrets/secret-url.ts';
import type { WebhookRow } from './store.ts';

/** Where a webhook's deliveries go, and what signs them. */
export interface Address {
  url: string;
  secret: string | null;
}

/** Null when it was sealed under a key that is gone. */
export function openAddress(seal: Seal, row: WebhookRow): Address | null {
  try {
    const url = seal.open(row.sealedUrl);
    return { url, secret: row.sealedSecret && seal.open(row.sealedSecret) };
  } catch {
    return null;
  }
}

/** The whole address, too: knowing one of Slack or Discord is enough to write there. */
export const addressSecrets = ({ url, secret }: Address): string[] => [
  url,
  ...urlSecrets(url),
  ...(secret ? [secret] : []),
];
