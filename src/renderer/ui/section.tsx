import type { ReactNode } from 'react';

/** A heading with optional controls beside it, and its content. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2.5">
      <div className="flex min-h-[26px] items-center justify-between gap-3">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside && (
          <div className="flex min-w-0 items-center gap-1.5 text-xs whitespace-nowrap text-ink-dim">
            {aside}
          </div>
        )}
      </div>
      {children}
    </section>
  );
}
