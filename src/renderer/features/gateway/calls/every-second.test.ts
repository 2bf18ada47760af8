import { expect, test } from 'vitest';
import { everySecond } from './every-second.ts';

test('seconds without a call count none, and the one that runs is left out', () => {
  const { times, calls, errors } = everySecond(
    [
      { at: 1_000_000_000, calls: 3, errors: 1 },
      { at: 1_000_002_000, calls: 5, errors: 0 },
      { at: 1_000_003_000, calls: 9, errors: 9 },
    ],
    1_000_003_500,
  );
  expect(times).toHaveLength(300);
  expect(times.at(-1)).toBe(1_000_002_000);
  expect(calls.slice(-4)).toEqual([0, 3, 0, 5]);
  expect(errors.slice(-4)).toEqual([0, 1, 0, 0]);
});
