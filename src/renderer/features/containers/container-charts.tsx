import type { ReactNode } from 'react';
import { bytes } from '../../ui/format.ts';
import { TimeChart } from '../../ui/time-chart.tsx';
import { percent } from './container-words.ts';
import { type Series, SPAN_MS } from './usage-history.ts';

const HEIGHT = 104;
const MIB = 1_048_576;

function Chart({ name, now, children }: { name: string; now: ReactNode; children: ReactNode }) {
  return (
    <figure className="min-w-0">
      <figcaption className="flex items-baseline justify-between gap-3 text-xs">
        <span className="min-w-0 truncate text-ink-dim">{name}</span>
        <span className="shrink-0 nums">{now}</span>
      </figcaption>
      {children}
    </figure>
  );
}

/** A container's resource use over the last minutes. */
export function ContainerCharts({ title, series }: { title: string; series: Series }) {
  const { latest, at } = series;
  const rate = (value: number) => `${bytes(value)}/s`;
  const common = { times: at, span: SPAN_MS, height: HEIGHT };
  const traffic = `${rate(latest.received)} received, ${rate(latest.sent)} sent`;
  return (
    <section
      aria-label={`Usage of ${title}`}
      className="rounded-lg border border-line bg-panel px-4 py-3"
    >
      <h3 className="mb-2 text-sm font-medium">
        {title} <span className="text-xs font-normal text-ink-dim">{latest.kind}</span>
      </h3>
      <div className="grid gap-4 @2xl:grid-cols-3">
        <Chart name="CPU (100 % is one core)" now={percent(latest.cpuPercent)}>
          <TimeChart
            {...common}
            label={`CPU of ${title}: ${percent(latest.cpuPercent)}`}
            lines={[{ name: 'CPU', values: series.cpuPercent }]}
            format={percent}
            atLeast={10}
          />
        </Chart>
        <Chart
          name="Memory"
          now={`${bytes(latest.memoryBytes)} of ${bytes(latest.memoryLimitBytes)}`}
        >
          <TimeChart
            {...common}
            label={`Memory of ${title}: ${bytes(latest.memoryBytes)}`}
            lines={[{ name: 'Memory', values: series.memoryBytes }]}
            format={bytes}
            binary
            atLeast={16 * MIB}
          />
        </Chart>
        <Chart name="Network, ↑ dashed" now={`↓ ${rate(latest.received)}  ↑ ${rate(latest.sent)}`}>
          <TimeChart
            {...common}
            label={`Network of ${title}: ${traffic}`}
            lines={[
              { name: 'Received', values: series.received },
              { name: 'Sent', values: series.sent, dashed: true },
            ]}
            format={rate}
            binary
            atLeast={1024}
          />
        </Chart>
      </div>
    </section>
  );
}
