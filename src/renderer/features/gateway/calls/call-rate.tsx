import type { Journal } from '#main/features/gateway/contract.ts';
import { count, plural } from '../../../ui/format.ts';
import { TimeChart } from '../../../ui/time-chart.tsx';
import { everySecond, SPAN_MS } from './every-second.ts';

const HEIGHT = 104;

/** Calls per second over the last five minutes. @param now when they were read, Unix time, ms */
export function CallRate({ journal, now }: { journal: Journal; now: number }) {
  const { times, calls, errors } = everySecond(journal.perSecond, now);
  const rate = plural(calls.at(-1) ?? 0, 'call');
  return (
    <figure className="min-w-0 shrink-0 rounded-lg border border-line bg-panel px-4 py-3">
      <figcaption className="flex items-baseline justify-between gap-3 text-xs">
        <span className="text-ink-dim">Calls per second, those that failed dashed</span>
        <span className="nums">{rate} in the last second</span>
      </figcaption>
      <TimeChart
        label={`Calls per second on ${journal.chain}: ${rate} in the last one`}
        times={times}
        lines={[
          { name: 'Calls', values: calls },
          { name: 'Failed', values: errors, dashed: true },
        ]}
        format={(value) => (Number.isInteger(value) ? count(value) : '')}
        atLeast={4}
        span={SPAN_MS}
        height={HEIGHT}
      />
    </figure>
  );
}
