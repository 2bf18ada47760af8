import type { ReactNode } from 'react';

/** What stands under a heading of a list in the sidebar; without a name there is no heading. */
export function GroupSection({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name || undefined} className="flex shrink-0 flex-col">
      {name !== '' && (
        <h3 className="truncate px-2 pt-1.5 pb-0.5 text-2xs text-ink-dim" title={name}>
          {name}
        </h3>
      )}
      {children}
    </section>
  );
}
