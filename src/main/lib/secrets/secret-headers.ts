import { EVERYDAY } from './secret-url.ts';

/** Request headers by their names in lower case. */
export type RequestHeaders = Readonly<Record<string, string>>;

/** The values that must never be shown: whole, without their scheme, and as a user would write them. */
export function headerSecrets(headers: RequestHeaders): string[] {
  const secrets = Object.values(headers).flatMap((value) => {
    const credentials = /^[\w-]+\s+(\S+)$/.exec(value)?.[1];
    const isBasic = /^basic\s/i.test(value) && credentials !== undefined;
    const user = isBasic ? [Buffer.from(credentials, 'base64').toString()] : [];
    return [value, ...(credentials === undefined ? [] : [credentials]), ...user];
  });
  return [...new Set(secrets)].filter((secret) => !EVERYDAY.test(secret));
}
