import { expect, test } from 'vitest';
import { CrashCount } from './crash-count.ts';

test('a page is loaded again until it has crashed three times within a minute', () => {
  const crashes = new CrashCount();
  expect([0, 1000, 2000].map((at) => crashes.next(at))).toEqual(['reload', 'reload', 'ask']);
  crashes.reset();
  expect(crashes.next(3000)).toBe('reload');
});

test('crashes of long ago do not count', () => {
  const crashes = new CrashCount();
  expect([0, 50_000, 100_000, 150_000].map((at) => crashes.next(at))).toEqual([
    'reload',
    'reload',
    'reload',
    'reload',
  ]);
});
