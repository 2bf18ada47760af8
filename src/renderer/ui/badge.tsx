import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { type Tone, toneText } from './state-dot.tsx';

/** A short fact in a frame. Give it a tone only when the fact is a state. */
export function Badge({ children, tone }: { children: ReactNode; tone?: Tone }) {
  return (
    <span
      className={cx(
        'inline-flex h-[19px] shrink-0 items-center rounded-sm border border-line-strong bg-raised px-1.5 text-2xs font-medium whitespace-nowrap',
        tone ? toneText[tone] : 'text-ink-soft',
      )}
    >
      {children}
    </span>
  );
}
