import { expect, it } from 'vitest';
import { sinceWords } from './since-words.ts';

const words = (blocks: number | null, changed = false) =>
  sinceWords({ blockNumber: 1205, sinceSnapshot: { id: 1, name: 'one', blocks, changed } });

it('tells how far a chain has gone', () => {
  expect(words(1)).toBe('1 block later, at #1,205');
  expect(words(1200, true)).toBe('1,200 blocks later, at #1,205');
  expect(words(-2)).toBe('2 blocks earlier, at #1,205');
});

it('tells of a change that made no block', () => {
  expect(words(0, true)).toBe('changed since, at the same block');
  expect(words(0)).toBe('at this snapshot');
  expect(words(null)).toBe('at this snapshot');
  expect(sinceWords({ blockNumber: null, sinceSnapshot: null })).toBe('at this snapshot');
});
