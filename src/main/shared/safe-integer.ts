/**
 * An integer from outside (a JSON-RPC quantity, a number of some JSON), or null where it is none that
 * can be counted exactly. A chain's clock or nonce may be anything below 2^64, and schemas refuse
 * what lies beyond 2^53: it is shown as unknown instead of failing what is shown with it.
 */
export function safeInteger(value: unknown): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value === '')) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
}

/** What is shown of a nonce that is none of those: any below 2^64 is possible. */
export const UNCOUNTED_NONCE = `more than ${Number.MAX_SAFE_INTEGER}`;

/** As `safeInteger`, with the nearest one that can be counted in the place of one beyond it. */
export function clampedInteger(value: unknown): number {
  const number = Math.trunc(Number(value));
  if (Number.isNaN(number)) return 0;
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, number));
}
