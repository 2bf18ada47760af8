import { MASKED } from './mask.ts';

/** Whether a URL carries more than where it points: credentials, a query, or a long path segment
 * such as the key that RPC providers put there. */
export function isSecretUrl(url: string): boolean {
  return maskUrl(url) !== url;
}

/** A URL that may be shown: user, password, query values and key-like path segments masked. */
export function maskUrl(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return MASKED;
  const user = parsed.username || parsed.password ? `${MASKED}@` : '';
  const path = parsed.pathname
    .split('/')
    .map((segment) => (isKeyLike(segment) ? MASKED : segment))
    .join('/');
  const query = parsed.search ? `?${MASKED}` : '';
  if (!user && !query && path === parsed.pathname) return url;
  return `${parsed.protocol}//${user}${parsed.host}${path}${query}`;
}

/** A text whose URLs name no user or password; the user of `ssh://git@…` is public. */
export const withoutCredentials = (text: string): string =>
  text.replace(/:\/\/[^\s/'"]+@/g, (found) => (found === '://git@' ? found : `://${MASKED}@`));

/**
 * The parts of a URL that must never be shown: the whole of it, and each part that `maskUrl` masks;
 * as written and decoded, and user and password as HTTP sends them. Empty for a URL without
 * secrets.
 */
export function urlSecrets(url: string): string[] {
  if (!isSecretUrl(url)) return [];
  const parsed = URL.parse(url);
  if (!parsed) return [url];
  const { username, password, pathname, searchParams, search } = parsed;
  const raw = search
    .slice(1)
    .split('&')
    .map((pair) => pair.slice(pair.indexOf('=') + 1));
  const parts = [
    username,
    password,
    ...pathname.split('/').filter(isKeyLike),
    ...raw,
    ...searchParams.values(),
  ];
  const basic = username || password ? [`${decoded(username)}:${decoded(password)}`] : [];
  const known = [...parts, ...parts.map(decoded)].filter((part) => !EVERYDAY.test(part));
  return [...new Set([url, parsed.href, ...known, ...basic])];
}

/** Values that are never secret, and that many messages contain. */
export const EVERYDAY =
  /^(true|false|null|none|default|root|latest|mainnet|testnet|sepolia|localhost|\d{0,5})$/i;

/** Long, or letters with several digits: not a word that a person would choose. */
const isKeyLike = (segment: string): boolean =>
  segment.length >= 16 || (segment.length >= 8 && /[a-z]/i.test(segment) && /\d.*\d/.test(segment));

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
