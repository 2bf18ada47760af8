import { startTransition, useEffect, useState } from 'react';

/** Rows that are drawn beyond what is seen, above and below. */
const BEYOND = 16;

/** Which of many rows of one height are drawn: from `first`, up to `end`, that one excluded. */
export interface RowsInView {
  /** For the element that is as high as all rows together. */
  ref: (element: HTMLElement | null) => void;
  first: number;
  end: number;
}

/** Follows scrolling, whatever scrolls. A list that isn't much longer is drawn as a whole. */
export function useRowsInView(count: number, height: number, few = 100): RowsInView {
  const [element, ref] = useState<HTMLElement | null>(null);
  const [first, setFirst] = useState(0);
  const [fitting, setFitting] = useState(() => rowsSeen(height));
  const all = count <= few;
  useEffect(() => {
    if (!element || all) return;
    const look = () => {
      const above = Math.floor(-element.getBoundingClientRect().top / height) - BEYOND;
      // In slices: rows that are not seen yet hold nothing up.
      startTransition(() => {
        // In steps, so that most movements draw nothing.
        setFirst(Math.max(0, Math.floor(above / 8) * 8));
        setFitting(rowsSeen(height) + 2 * BEYOND + 8);
      });
    };
    look();
    const passive = { capture: true, passive: true };
    document.addEventListener('scroll', look, passive);
    window.addEventListener('resize', look);
    return () => {
      document.removeEventListener('scroll', look, passive);
      window.removeEventListener('resize', look);
    };
  }, [element, all, height]);
  if (all) return { ref, first: 0, end: count };
  const from = Math.min(first, Math.max(0, count - fitting));
  return { ref, first: from, end: Math.min(count, from + fitting) };
}

const rowsSeen = (height: number): number => Math.ceil(window.innerHeight / height);
