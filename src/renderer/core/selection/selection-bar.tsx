import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { count } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { Selection } from './use-selection.ts';

interface SelectionBarProps {
  selection: Selection<string | number>;
  /** What can be done with all of them. */
  children: ReactNode;
}

/** Above a list of which something is marked; Escape takes the marks away. */
export function SelectionBar({ selection, children }: SelectionBarProps) {
  const { ids, clear } = selection;
  if (ids.length === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        clear();
      }}
      className="flex min-h-9 flex-wrap items-center gap-2 rounded-lg border border-accent bg-raised px-3 py-1"
    >
      <span className="mr-2 text-sm font-medium nums" role="status">
        {count(ids.length)} selected
      </span>
      {children}
      <span className="ml-auto">
        <IconButton label="Clear the selection" icon={<X size={15} />} onClick={clear} />
      </span>
    </div>
  );
}
