import { expect, test } from 'vitest';
import { movedBefore } from './moved-before.ts';

test.each([
  ['a', 'c', ['b', 'a', 'c']],
  ['c', 'a', ['c', 'a', 'b']],
  ['a', null, ['b', 'c', 'a']],
  ['b', 'b', ['a', 'b', 'c']],
  ['a', 'gone', ['b', 'c', 'a']],
] as const)('%s before %s', (moved, next, order) => {
  expect(movedBefore<string>(['a', 'b', 'c'], moved, next)).toEqual(order);
});
