import type { ReactNode } from 'react';

/** A page with a title; its content scrolls, the title stays. */
export function Page({
  title,
  about,
  actions,
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div data-page="" className="@container flex h-full min-h-0 flex-col">
      <title>{`${title} · Drydock`}</title>
      <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-4">
        <div className="min-w-0 flex-1 basis-52">
          <h1 className="truncate text-lg font-semibold">{title}</h1>
          {about && (
            <div className="mt-1 flex flex-wrap items-center gap-2 text-sm text-ink-dim">
              {about}
            </div>
          )}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
        tabIndex={0}
        className="relative flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto p-5 focus-visible:-outline-offset-2"
      >
        {children}
      </div>
    </div>
  );
}
