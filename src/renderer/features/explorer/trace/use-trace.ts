import { useMemo, useState } from 'react';
import type { CallNode } from '#main/shared/decoded.ts';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import {
  around,
  canFold,
  failedItem,
  foldedAtFirst,
  type RanFunction,
  sameItem,
  shownItems,
  type TraceItem,
  traceItems,
} from './trace-items.ts';
import { itemText } from './trace-row.tsx';

/**
 * The lines of a trace: which are folded, which is chosen, and which hold what is searched.
 *
 * @param onChosen called when the user chooses one
 * @param functions that ran in it; undefined: internal ones are not shown
 */
export function useTrace(
  root: CallNode,
  names: AddressNames,
  onChosen: (item: TraceItem) => void,
  functions?: readonly RanFunction[],
) {
  const items = useMemo(() => traceItems(root, functions), [root, functions]);
  const failed = useMemo(() => failedItem(items), [items]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(() => foldedAtFirst(items));
  const [chosen, setChosen] = useState(failed);
  const [text, setText] = useState('');
  const [before, setBefore] = useState(items);
  if (before !== items) {
    // Lines have other numbers now.
    setBefore(items);
    setFolded(foldedAtFirst(items));
    setChosen(sameItem(items, before[chosen]) ?? failed);
  }
  const shown = useMemo(() => shownItems(items, folded), [items, folded]);
  const wanted = text.trim().toLowerCase();
  const found = useMemo(
    () =>
      wanted === ''
        ? []
        : items
            .filter((item) => itemText(item, names).toLowerCase().includes(wanted))
            .map(({ id }) => id),
    [items, names, wanted],
  );

  /** Chooses a line, and unfolds what is around it. */
  const show = (id: number) => {
    const outer = around(items, id);
    if (outer.some((one) => folded.has(one))) {
      setFolded(new Set([...folded].filter((one) => !outer.includes(one))));
    }
    setChosen(id);
  };
  const choose = (id: number) => {
    show(id);
    const item = items[id];
    if (item) onChosen(item);
  };
  const fold = (id: number, isFolded = !folded.has(id)) => {
    const item = items[id];
    if (!item || !canFold(item)) return;
    const next = new Set(folded);
    if (isFolded) next.add(id);
    else next.delete(id);
    setFolded(next);
    // What is chosen stays in sight.
    if (isFolded && chosen > id && chosen < item.end) setChosen(id);
  };
  const foldAll = (isFolded: boolean) => {
    setFolded(new Set(isFolded ? items.filter(canFold).map(({ id }) => id) : []));
    if (isFolded) setChosen(0);
  };
  /** The next one found, or the one before; from the last to the first. */
  const step = (by: 1 | -1) => {
    if (found.length === 0) return;
    const next =
      by === 1
        ? (found.find((id) => id > chosen) ?? found[0])
        : (found.findLast((id) => id < chosen) ?? found.at(-1));
    if (next !== undefined) choose(next);
  };
  return {
    items,
    shown,
    folded,
    chosen,
    failed,
    text,
    setText,
    found,
    choose,
    show,
    fold,
    foldAll,
    step,
  };
}

export type Trace = ReturnType<typeof useTrace>;
