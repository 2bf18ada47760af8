import { Ban, CircleCheck, CircleDashed, CircleMinus, CircleX } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Phase } from '#main/shared/phase.ts';
import { useKind } from '../../../core/queries/use-kinds.ts';
import { cx } from '../../../ui/cx.ts';
import { duration } from '../../../ui/format.ts';
import { useNow } from '../../../ui/now.ts';
import { Spinner } from '../../../ui/spinner.tsx';

const words: Record<Phase['status'], string> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  skipped: 'cached, there was nothing to do',
  failed: 'failed',
};

const icons = {
  waiting: CircleDashed,
  done: CircleCheck,
  skipped: CircleMinus,
  failed: CircleX,
};

const colours = {
  waiting: 'text-ink-dim',
  done: 'text-ok',
  skipped: 'text-ink-dim',
  failed: 'text-bad',
};

/**
 * What became of the run as a whole: it was cancelled, or its contracts are no longer on the chain.
 */
type End = 'cancelled' | 'gone' | undefined;

function PhaseIcon({ status, end }: { status: Phase['status']; end: End }) {
  if (status === 'running') return <Spinner size={15} />;
  if (status === 'failed' && end === 'cancelled') {
    return <Ban aria-hidden="true" size={15} className="shrink-0 text-warn" />;
  }
  const Icon = icons[status];
  const colour = status === 'done' && end === 'gone' ? 'text-ink-dim' : colours[status];
  return <Icon aria-hidden="true" size={15} className={cx('shrink-0', colour)} />;
}

const fills: Record<Phase['status'], string> = {
  waiting: 'w-0',
  running: 'bg-accent',
  done: 'w-full bg-ok',
  skipped: 'w-0',
  failed: 'w-full bg-bad',
};

function fill(status: Phase['status'], end: End): string {
  if (status === 'failed' && end === 'cancelled') return 'w-full bg-warn';
  if (status === 'done' && end === 'gone') return 'w-full bg-line-strong';
  return fills[status];
}

interface PhaseCellProps {
  phase: Phase;
  label: string;
  /** How much of it is done, 0 to 1. */
  share: number;
  end: End;
}

function PhaseCell({ phase, label, share, end }: PhaseCellProps) {
  const running = phase.status === 'running';
  const now = useNow(running ? 'fast' : false);
  const spent =
    phase.durationMs ??
    (running && phase.startedAt !== null ? Math.max(0, now - phase.startedAt) : null);
  return (
    <li
      aria-label={`${label ?? phase.id}: ${phase.status === 'failed' && end === 'cancelled' ? 'cancelled' : words[phase.status]}`}
      aria-current={running ? 'step' : undefined}
      data-phase={phase.id}
      data-status={phase.status}
      className="min-w-0 border-line px-1.5 pt-2 pb-2.5 @2xl:px-3 not-first:border-l @max-lg:nth-[3n+1]:border-l-0 @max-lg:nth-[n+4]:border-t"
    >
      <div className="flex items-center gap-1 @2xl:gap-2">
        <PhaseIcon status={phase.status} end={end} />
        <span
          className={cx(
            'truncate text-sm font-semibold',
            phase.status === 'waiting' ? 'text-ink-dim' : 'text-ink',
          )}
        >
          {label ?? phase.id}
        </span>
      </div>
      <div className="mt-1 flex items-center gap-2">
        <span className="w-14 shrink-0 font-mono text-2xs whitespace-nowrap text-ink-dim nums">
          {phase.status === 'skipped' ? 'cached' : spent === null ? '—' : duration(spent)}
        </span>
        <span className="hidden h-[3px] min-w-0 flex-1 @2xl:block overflow-hidden rounded-full bg-line">
          <span
            className={cx('block h-full rounded-full', fill(phase.status, end))}
            style={running ? { width: `${Math.round(share * 100)}%` } : undefined}
          />
        </span>
      </div>
    </li>
  );
}

interface StepperProps {
  kind: string;
  phases: Phase[];
  /** How much of the counted work is done, 0 to 1. */
  progress: number;
  end: End;
}

/** The phases of a run's kind, each with its state and duration. */
export function Stepper({ kind, phases, progress, end }: StepperProps) {
  const known = useKind(kind)?.phases ?? [];
  return (
    <div className="@container shrink-0">
      <ol
        aria-label="Phases"
        style={{ '--phases': phases.length } as CSSProperties}
        className="grid grid-cols-3 rounded-lg border border-line bg-panel @lg:grid-cols-[repeat(var(--phases),minmax(0,1fr))]"
      >
        {phases.map((phase) => {
          const info = known.find(({ id }) => id === phase.id);
          return (
            <PhaseCell
              key={phase.id}
              phase={phase}
              label={info?.label ?? phase.id}
              end={end}
              share={info?.counted ? Math.max(0.08, progress) : 0.5}
            />
          );
        })}
      </ol>
    </div>
  );
}
