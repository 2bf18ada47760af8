import type { ReactNode } from 'react';

/** A setting's description, and its control. */
export function Setting({ about, children }: { about: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-panel px-4 py-3">
      <p className="min-w-0 flex-1 basis-64 text-sm text-ink-dim">{about}</p>
      {children}
    </div>
  );
}
