/** Wrong passwords that cost no more than what the key derivation takes. */
const FREE = 2;
const FIRST_MS = 1000;
const MOST_MS = 5 * 60_000;

/** When a password is tried again after so many wrong ones in a row; Unix time, ms; null: now. */
export function triesFrom(
  { failures, failedAt }: { failures: number; failedAt: number | null },
  now: number,
): number | null {
  if (failedAt === null || failures <= FREE) return null;
  const from = failedAt + Math.min(FIRST_MS * 2 ** (failures - FREE - 1), MOST_MS);
  // A clock that was set back must not lock a key for longer.
  return from > now && failedAt <= now ? from : null;
}
