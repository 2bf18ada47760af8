const MASK = '••••';

/** Replaces every one of the secrets; the longest first, so that no tail of one is left over. */
export function masker(secrets: Iterable<string>): (text: string) => string {
  const known = [...new Set(secrets)]
    .filter((s) => s.length >= 6)
    .sort((a, b) => b.length - a.length);
  if (known.length === 0) return (text) => text;
  return (text) => {
    let masked = text;
    for (const secret of known) {
      if (masked.includes(secret)) masked = masked.replaceAll(secret, MASK);
    }
    return masked;
  };
}

/** Whether a URL carries more than where it points: credentials, a query, or a long path segment
 * such as the key that RPC providers put there. */
export function isSecretUrl(url: string): boolean {
  return maskUrl(url) !== url;
}

/** A URL that may be shown: user, password, query values and key-like path segments masked. */
export function maskUrl(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return MASK;
  }
  const user = parsed.username || parsed.password ? `${MASK}@` : '';
  const path = parsed.pathname
    .split('/')
    .map((segment) => (segment.length >= 16 ? MASK : segment))
    .join('/');
  const query = parsed.search ? `?${MASK}` : '';
  if (!user && !query && path === parsed.pathname) return url;
  return `${parsed.protocol}//${user}${parsed.host}${path}${query}`;
}
