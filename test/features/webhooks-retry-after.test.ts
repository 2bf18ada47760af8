import { expect, test } from 'vitest';
import { retryAfterMs } from '#main/features/webhooks/retry-after.ts';

const now = Date.parse('2026-03-01T12:00:00Z');

test.each([
  ['120', null, 120_000],
  [' 0.5 ', null, 500],
  ['Sun, 01 Mar 2026 12:01:00 GMT', null, 60_000],
  ['Sunday, 01-Mar-26 12:01:00 GMT', null, 60_000],
  ['Sun Mar  1 12:01:00 2026', null, 60_000],
  // Its clock is an hour behind.
  ['Sun, 01 Mar 2026 11:00:30 GMT', 'Sun, 01 Mar 2026 11:00:00 GMT', 30_000],
  ['Sun, 01 Mar 2026 11:59:00 GMT', null, null],
  ['0', null, null],
  ['-5', null, null],
  ['soon', null, null],
  ['9'.repeat(400), null, null],
])('"%s" is read', (retryAfter, date, ms) => {
  const headers = new Headers({ 'retry-after': retryAfter, ...(date ? { date } : {}) });
  expect(retryAfterMs(headers, now)).toBe(ms);
});
