import type { ServerResponse } from 'node:http';

/**
 * What a page of the app may do: run its scripts, talk to `connect`, show its pictures and fonts.
 * Styles may be inline because the terminal and the notices write theirs at run time.
 */
export const pagePolicy = (connect: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Sets the security headers that every response carries. */
export function secureHeaders(port: number): (response: ServerResponse) => void {
  const headers = {
    'content-security-policy': pagePolicy(`'self' ws://127.0.0.1:${port} ws://localhost:${port}`),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // The first address holds the token.
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), usb=(), serial=()',
  };
  return (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  };
}
