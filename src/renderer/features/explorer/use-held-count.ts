import { useState } from 'react';

/**
 * The length of a list that grows at its top. It is held while the list is scrolled down, so that
 * the rows in view stay where they are.
 *
 * @param isAtTop whether the first row is in view
 */
export function useHeldCount(
  count: number,
  isAtTop: boolean,
): { shown: number; newer: number; release: () => void } {
  const [held, setHeld] = useState(count);
  const shown = isAtTop || count < held ? count : held;
  if (shown !== held) setHeld(shown);
  return { shown, newer: count - shown, release: () => setHeld(count) };
}
