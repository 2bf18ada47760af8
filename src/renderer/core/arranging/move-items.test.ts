import { expect, it } from 'vitest';
import { placeFor } from './move-items.tsx';

it('moves by one place, and not beyond the ends', () => {
  const all = ['a', 'b', 'c'];
  expect(placeFor(all, 'a', 'down')).toBe('c');
  expect(placeFor(all, 'b', 'down')).toBeNull();
  expect(placeFor(all, 'c', 'up')).toBe('b');
  expect(placeFor(all, 'a', 'up')).toBeUndefined();
  expect(placeFor(all, 'c', 'down')).toBeUndefined();
});
