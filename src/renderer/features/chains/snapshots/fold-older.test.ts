import { expect, it } from 'vitest';
import { foldOlder } from './fold-older.ts';

const list = (...marks: string[]) =>
  marks.map((mark, id) => ({
    id,
    automatic: !mark.includes('n'),
    current: mark.includes('c'),
    pinned: mark.includes('p'),
    note: mark.includes('t') ? 'a text' : '',
  }));
const shown = (...marks: string[]) => foldOlder(list(...marks)).map(({ id }) => id);

it('keeps the latest, the current one, and the named, pinned and noted ones', () => {
  expect(shown('', 'n', '', 'c', '', '', '', '', '', '')).toEqual([1, 3, 5, 6, 7, 8, 9]);
  expect(shown('', 'p', '', 't', '', '', '', '', '', 'c')).toEqual([1, 3, 5, 6, 7, 8, 9]);
});

it('folds away nothing for one row', () => {
  expect(shown('', '', '', '', '', 'c')).toHaveLength(6);
  expect(shown()).toEqual([]);
});
