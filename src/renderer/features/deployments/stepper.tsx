import { Ban, CircleCheck, CircleDashed, CircleMinus, CircleX } from 'lucide-react';
import type { Phase, PhaseName } from '#main/features/deployments/contract.ts';
import { cx } from '../../ui/cx.ts';
import { duration } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { Spinner } from '../../ui/spinner.tsx';

const titles: Record<PhaseName, string> = {
  source: 'Source',
  prepare: 'Prepare',
  compile: 'Compile',
  simulate: 'Simulate',
  broadcast: 'Broadcast',
  record: 'Record',
};

const words: Record<Phase['status'], string> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  skipped: 'skipped, there was nothing to do',
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

/** What became of the run as a whole: it was cancelled, or its contracts are gone from the chain. */
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

function PhaseCell({ phase, share, end }: { phase: Phase; share: number; end: End }) {
  const running = phase.status === 'running';
  const now = useNow(running ? 'fast' : false);
  const spent =
    phase.durationMs ??
    (running && phase.startedAt !== null ? Math.max(0, now - phase.startedAt) : null);
  return (
    <li
      aria-label={`${titles[phase.name]}: ${phase.status === 'failed' && end === 'cancelled' ? 'cancelled' : words[phase.status]}`}
      aria-current={running ? 'step' : undefined}
      data-phase={phase.name}
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
          {titles[phase.name]}
        </span>
      </div>
      <div className="mt-1 flex items-center gap-2">
        <span className="w-14 shrink-0 font-mono text-2xs whitespace-nowrap text-ink-dim nums">
          {phase.status === 'skipped' ? 'skipped' : spent === null ? '—' : duration(spent)}
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
  phases: Phase[];
  /** How much of the broadcast is done, 0 to 1. */
  broadcast: number;
  end: End;
}

export function Stepper({ phases, broadcast, end }: StepperProps) {
  return (
    <div className="@container shrink-0">
      <ol
        aria-label="Phases"
        className="grid grid-cols-3 rounded-lg border border-line bg-panel @lg:grid-cols-6"
      >
        {phases.map((phase) => (
          <PhaseCell
            key={phase.name}
            phase={phase}
            end={end}
            share={phase.name === 'broadcast' ? Math.max(0.08, broadcast) : 0.5}
          />
        ))}
      </ol>
    </div>
  );
}
