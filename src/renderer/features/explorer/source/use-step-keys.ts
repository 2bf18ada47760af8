import { type RefObject, useEffect, useRef } from 'react';
import type { Steps } from './use-steps.ts';

/**
 * Arrows go through the source as long as nothing else on the page has the focus: trees, tabs and
 * fields have arrows of their own.
 */
export function useStepKeys(pane: RefObject<HTMLElement | null>, steps: Steps): void {
  const latest = useRef(steps);
  latest.current = steps;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { activeElement } = document;
      const isHere = activeElement === document.body || pane.current?.contains(activeElement);
      if (!isHere || document.querySelector('[role="dialog"]')) return;
      const { back, next, into, out } = latest.current;
      const action = { ArrowLeft: back, ArrowRight: next, ArrowDown: into, ArrowUp: out }[
        event.key as 'ArrowLeft'
      ];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [pane]);
}
