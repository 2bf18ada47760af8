import { useEffect, useRef } from 'react';
import type { Steps } from './use-steps.ts';

/** What has arrows of its own. */
const others =
  'input, textarea, select, [contenteditable], .xterm, [role="tree"], [role="tablist"], [role="menu"], [role="listbox"], [role="radiogroup"], [role="dialog"]';

/** Arrows go through the source, unless something has the focus that has arrows of its own. */
export function useStepKeys(steps: Steps): void {
  const latest = useRef(steps);
  latest.current = steps;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.shiftKey || document.activeElement?.closest(others)) return;
      if (document.querySelector('[role="dialog"]')) return;
      const { back, next, into, out } = latest.current;
      const ways: Record<string, () => void> = {
        ...{ ArrowLeft: back, ArrowRight: next, ArrowDown: into, ArrowUp: out },
      };
      const go = ways[event.key];
      if (!go) return;
      event.preventDefault();
      go();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
