import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** The purpose of an empty place, and how to fill it. */
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-dashed border-line-strong px-6 py-10 text-center">
      {icon && (
        <span aria-hidden="true" className="text-ink-dim">
          {icon}
        </span>
      )}
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="max-w-md text-sm text-ink-dim">{children}</div>
      {action && <div className="mt-2 flex gap-2">{action}</div>}
    </div>
  );
}
