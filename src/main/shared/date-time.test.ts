import { expect, test } from 'vitest';
import { dateTime } from './date-time.ts';

test('an instant that no calendar has is told in seconds', () => {
  expect(dateTime(8.64e15)).toMatch(/^\d+-\d\d-\d\d /);
  expect(dateTime(Number.MAX_SAFE_INTEGER * 1000)).toBe(`${Number.MAX_SAFE_INTEGER} s`);
});
