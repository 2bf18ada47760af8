import { cx } from './cx.ts';

export type Tone = 'ok' | 'warn' | 'bad' | 'active' | 'idle';

const colours: Record<Tone, string> = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  active: 'bg-accent',
  idle: 'bg-ink-dim/50',
};

/** A state as a colour, and in words for screen readers. */
export function StateDot({ tone, label }: { tone: Tone; label?: string }) {
  return (
    <span className="inline-flex shrink-0" title={label}>
      <span aria-hidden="true" className={cx('size-[7px] rounded-full', colours[tone])} />
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}

export const toneText: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  active: 'text-accent',
  idle: 'text-ink-dim',
};
