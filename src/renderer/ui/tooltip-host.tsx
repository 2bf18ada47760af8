import { Tooltip as Base } from '@base-ui/react/tooltip';
import { useEffect, useRef, useState } from 'react';
import { followHints, type Hint } from './follow-hints.ts';

/** Shows the hint of whatever control is pointed at. There is one of it in the window. */
export function TooltipHost() {
  const [open, setOpen] = useState(false);
  // It stays what it was while it closes.
  const [hint, setHint] = useState<Hint | null>(null);
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const abort = new AbortController();
    const isOnHint = (place: Node) => popup.current?.contains(place) === true;
    const tell = (next: Hint | null) => {
      setOpen(next !== null);
      if (next) setHint(next);
    };
    followHints({ tell, isOnHint }, abort.signal);
    return () => abort.abort();
  }, []);
  return (
    <Base.Root open={open}>
      <Base.Portal>
        <Base.Positioner anchor={hint?.of ?? null} sideOffset={6} className="z-50">
          <Base.Popup
            ref={popup}
            className="max-w-80 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs text-ink shadow-pop"
          >
            {hint?.text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
