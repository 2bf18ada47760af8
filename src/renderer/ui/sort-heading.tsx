import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Sorting } from './sorting.ts';
import { Th } from './table.tsx';

export interface SortColumn<Id extends string> {
  id: Id;
  title: string;
  /** It holds numbers. */
  end?: boolean;
  /** Classes that hide it where there is no room. */
  className?: string;
  /** What it says in more words. */
  about?: string;
  /** As that of a `Th`. */
  priority?: number;
}

interface SortHeadingProps<Id extends string> {
  column: SortColumn<Id>;
  sorting: Sorting<Id>;
  onChoose(column: Id): void;
}

/** The heading of a column that orders the rows. */
export function SortHeading<Id extends string>({
  column,
  sorting,
  onChoose,
}: SortHeadingProps<Id>) {
  const { id, title, end, className, about, priority } = column;
  const isChosen = sorting.column === id;
  // Names come by the alphabet first, numbers by size: what is largest first.
  const isDescending = sorting.descending === Boolean(end);
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  return (
    <Th
      end={end}
      className={className}
      priority={priority}
      aria-sort={isChosen ? (isDescending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        title={about}
        onClick={() => onChoose(id)}
        className="inline-flex items-center gap-1 hover:text-ink"
      >
        {title}
        {isChosen && <Arrow aria-hidden="true" size={11} />}
      </button>
    </Th>
  );
}
