import { useState } from 'react';
import { mostRows, rowWindow } from './row-parts.ts';

/** The rows of a long list that are in reach by scrolling, and how to get to those beyond them. */
export interface RowWindow {
  /** The first one, among all. */
  start: number;
  count: number;
  /** null: there are none. */
  before: (() => void) | null;
  after: (() => void) | null;
}

/** @param count of all rows */
export function useRowWindow(count: number): RowWindow {
  const [asked, setAsked] = useState(0);
  const { start, end } = rowWindow(count, asked);
  return {
    ...{ start, count: end - start },
    before: start > 0 ? () => setAsked(Math.max(0, start - mostRows)) : null,
    after: end < count ? () => setAsked(end) : null,
  };
}
