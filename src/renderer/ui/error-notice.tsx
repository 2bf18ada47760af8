import { CircleX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface ErrorNoticeProps {
  message: string;
  tone?: 'bad' | 'warn';
  /** Buttons with remedies. */
  children?: ReactNode;
  /** The same remedy as a command. */
  command?: string;
  /** More about what went wrong, below the message. */
  detail?: ReactNode;
}

/** What went wrong, and the remedy as a button. Announced immediately. */
export function ErrorNotice({
  message,
  tone = 'bad',
  children,
  command,
  detail,
}: ErrorNoticeProps) {
  const Icon = tone === 'bad' ? CircleX : TriangleAlert;
  return (
    <div
      role="alert"
      className={cx(
        'flex items-start gap-2.5 rounded-lg border bg-panel px-3 py-2.5 text-sm',
        tone === 'bad' ? 'border-bad/50' : 'border-warn/50',
      )}
    >
      <Icon
        aria-hidden="true"
        size={16}
        className={cx('mt-px shrink-0', tone === 'bad' ? 'text-bad' : 'text-warn')}
      />
      <div className="min-w-0 flex-1">
        <p data-selectable className="break-words whitespace-pre-line">
          {message}
        </p>
        {detail}
        {command && (
          <code data-selectable className="mt-1 block font-mono text-xs text-ink-dim">
            {command}
          </code>
        )}
        {children && <div className="mt-2 flex flex-wrap gap-2">{children}</div>}
      </div>
    </div>
  );
}
