import { useCallback, useMemo, useRef, useState } from 'react';

/** What the user has marked of a list, to do one thing with all of it. */
export interface Selection<Id> {
  /** Those that are still there, in the order of the list. */
  ids: readonly Id[];
  has(id: Id): boolean;
  /** Marks one or takes its mark away; `toIt`: with all between it and the one marked before. */
  toggle(id: Id, toIt?: boolean): void;
  /** Marks all, or none where all are. */
  toggleAll(): void;
  clear(): void;
}

/** @param all of the list, in its order; what leaves it is not marked any more */
export function useSelection<Id extends string | number>(all: readonly Id[]): Selection<Id> {
  const [marked, setMarked] = useState<ReadonlySet<Id>>(new Set());
  const last = useRef<Id>(undefined);
  const ids = useMemo(() => all.filter((id) => marked.has(id)), [all, marked]);
  const shown = useMemo(() => new Set(ids), [ids]);
  const toggle = useCallback(
    (id: Id, toIt = false) => {
      const from = toIt && last.current !== undefined ? all.indexOf(last.current) : -1;
      const to = all.indexOf(id);
      last.current = id;
      setMarked((before) => {
        const next = new Set(before);
        if (from >= 0 && to >= 0) {
          for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
        } else if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    [all],
  );
  return {
    ids,
    has: (id) => shown.has(id),
    toggle,
    toggleAll: () => setMarked(ids.length === all.length ? new Set() : new Set(all)),
    clear: () => setMarked(new Set()),
  };
}
