import type { ReactNode } from 'react';
import { helpPage } from '#main/shared/help-page.ts';
import { noteBeforeDocs } from './open-docs.ts';

interface DocsLinkProps {
  /** A path below /docs. */
  page: string;
  className?: string;
  label?: string;
  children: ReactNode;
}

/** Opens a page of the documentation, which leads back to where the window is now. */
export function DocsLink({ page, className, label, children }: DocsLinkProps) {
  return (
    <a href={page} aria-label={label} className={className} onClick={noteBeforeDocs}>
      {children}
    </a>
  );
}

/** Problems of the window itself, which have no page. */
const unexplained = new Set(['UNKNOWN']);

/** Leads to what the documentation says of an error code. */
export function ReadMore({ code }: { code: string | undefined }) {
  if (code === undefined || unexplained.has(code)) return null;
  return (
    <DocsLink
      page={helpPage(code)}
      label={`Read more about ${code}`}
      className="self-center rounded-sm text-xs text-ink-dim underline decoration-line-strong underline-offset-2 hover:text-ink"
    >
      Read more
    </DocsLink>
  );
}
