import { expect, test } from 'vitest';
import { type Head, moveBetween } from './head-moves.ts';

const head = (number: number, hash: string, parentHash = ''): Head => ({
  number,
  hash,
  parentHash,
});

test.each<[string, Head | null, Head | null, string]>([
  ['is at the same block', head(5, 'a'), head(5, 'a'), 'none'],
  ['stays away', null, null, 'none'],
  ['has the next block', head(5, 'a'), head(6, 'b', 'a'), 'grew'],
  ['has another block at the same place', head(5, 'a'), head(5, 'b'), 'moved'],
  ['went back', head(5, 'a'), head(3, 'c'), 'moved'],
  ['has a next block on another one', head(5, 'a'), head(6, 'b', 'x'), 'perhaps'],
  ['is some blocks further', head(5, 'a'), head(9, 'b', 'x'), 'perhaps'],
  ['ended', head(5, 'a'), null, 'moved'],
  ['started', null, head(5, 'a'), 'moved'],
])('a chain that %s', (_, before, now, move) => {
  expect(moveBetween(before, now)).toBe(move);
});
