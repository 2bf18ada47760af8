import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import type { RowWindow } from './use-row-window.ts';

/** A window of a list, newest first, with the ways to those before and after it. */
export function AroundWindow({
  window: { start, before, after },
  what,
  children,
}: {
  window: RowWindow;
  /** In the plural. */
  what: string;
  children: ReactNode;
}) {
  const top = useRef<HTMLSpanElement>(null);
  const shown = useRef(start);
  useEffect(() => {
    if (shown.current !== start) top.current?.scrollIntoView({ block: 'start' });
    shown.current = start;
  }, [start]);
  return (
    <>
      <span ref={top} />
      {before && (
        <Button className="self-center" onClick={before}>
          Newer {what}
        </Button>
      )}
      {children}
      {after && (
        <Button className="self-center" onClick={after}>
          Older {what}
        </Button>
      )}
    </>
  );
}
