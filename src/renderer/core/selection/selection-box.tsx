import { Checkbox } from '../../ui/checkbox.tsx';
import type { Selection } from './use-selection.ts';

/** Marks one thing of a list; with Shift, all between it and the one marked before. */
export function SelectionBox<Id extends string | number>({
  id,
  name,
  selection,
}: {
  id: Id;
  name: string;
  selection: Selection<Id>;
}) {
  return (
    <Checkbox
      aria-label={`Select ${name}`}
      checked={selection.has(id)}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) => {
        const { nativeEvent } = event;
        selection.toggle(id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey);
      }}
    />
  );
}

/** Marks all of a list, or none. */
export function SelectAllBox<Id extends string | number>({
  all,
  selection,
}: {
  all: readonly Id[];
  selection: Selection<Id>;
}) {
  const { length } = selection.ids;
  return (
    <Checkbox
      aria-label={length === all.length ? 'Select none' : 'Select all'}
      disabled={all.length === 0}
      checked={length > 0 && length === all.length}
      mixed={length > 0 && length < all.length}
      onChange={selection.toggleAll}
    />
  );
}
