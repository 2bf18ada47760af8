import { expect, test } from 'vitest';
import { type ColumnFacts, nextToHide } from './table-columns.ts';

const column = (priority: number, isGone = false): ColumnFacts => ({ priority, isGone });

function order(columns: readonly ColumnFacts[]): number[] {
  const hidden = new Set<number>();
  for (let next = nextToHide(columns, hidden); next !== null; next = nextToHide(columns, hidden)) {
    hidden.add(next);
  }
  return [...hidden];
}

test('columns give way by their priority, of equal ones the right first', () => {
  expect(order([column(0), column(1), column(3), column(2), column(3), column(0)])).toEqual([
    4, 2, 3, 1,
  ]);
});

test('columns that are hidden already are left alone', () => {
  expect(order([column(0), column(2, true), column(1)])).toEqual([2]);
  expect(order([column(0)])).toEqual([]);
});
