import type { ReactNode } from 'react';

/** Names and values, in two columns where there is room. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid gap-x-8 rounded-lg border border-line bg-panel px-4 py-2 @2xl:grid-cols-2">
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-baseline gap-3 py-1.5">
      <dt className="w-32 shrink-0 text-xs text-ink-dim">{name}</dt>
      <dd className="min-w-0 flex-1 text-sm break-words nums">{children}</dd>
    </div>
  );
}
