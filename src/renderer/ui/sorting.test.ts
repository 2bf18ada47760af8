import { expect, test } from 'vitest';
import { sorted } from './sorting.ts';

const rows = [
  { name: 'b', gas: 5 },
  { name: 'a', gas: null },
  { name: 'c', gas: 90 },
];
const by = (column: 'name' | 'gas', descending: boolean) =>
  sorted(rows, { column, descending }, (row, key) => row[key])
    .map(({ name }) => name)
    .join('');

test('the largest or the first of the alphabet comes first, and what has no value last', () => {
  expect([by('gas', true), by('gas', false)]).toEqual(['cba', 'bca']);
  expect([by('name', true), by('name', false)]).toEqual(['abc', 'cba']);
});
