import { useEffect, useRef } from 'react';
import uPlot, { type AlignedData } from 'uplot';
import 'uplot/dist/uPlot.min.css';

/** Space above the ticks, as a share of the largest value. */
const HEADROOM = 1.15;
/** Space for the values at the left, and for a time below, px. */
const PLOT_LEFT = 66;
const CLOCK_WIDTH = 56;
/** What is shown at least, ms. */
const leastSpan = 30_000;

export interface TimeLine {
  name: string;
  values: readonly (number | null)[];
  /** Distinguished from the other line by dashes: colours mean states. */
  dashed?: boolean;
}

interface TimeChartProps {
  /** Its accessible name: what it shows, with the latest value. */
  label: string;
  /** Unix time, ms. */
  times: readonly number[];
  lines: readonly TimeLine[];
  format: (value: number) => string;
  /** The values are bytes, whose round numbers are powers of 2. */
  binary?: boolean;
  /** The axis reaches at least this value. */
  atLeast: number;
  /** How far back it shows at most, ms. */
  span: number;
  height: number;
}

/** Values over the last minutes, the newest at the right. Its height never changes. */
export function TimeChart(props: TimeChartProps) {
  const { label, times, lines, height } = props;
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const shape = lines.map((line) => `${line.name} ${line.dashed ?? false}`).join('\n');

  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for other lines, not for other values
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const make = () => {
      chart.current?.destroy();
      chart.current = new uPlot(
        options(element, () => latest.current),
        data(latest.current),
        element,
      );
    };
    make();
    const resized = new ResizeObserver(() => {
      chart.current?.setSize({ width: element.clientWidth, height });
    });
    resized.observe(element);
    // A canvas doesn't follow the tokens by itself.
    const themed = new MutationObserver(make);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [shape, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: times change with every sample
  useEffect(() => {
    chart.current?.setData(data(latest.current));
  }, [times]);

  return <div ref={host} role="img" aria-label={label} style={{ height }} className="min-w-0" />;
}

const data = ({ times, lines }: TimeChartProps): AlignedData =>
  [times.map((at) => at / 1000), ...lines.map((line) => line.values)] as AlignedData;

function options(element: HTMLElement, props: () => TimeChartProps): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--color-${name}`).trim();
  const font = `11px ${style.getPropertyValue('--font-sans')}`;
  const axis = {
    font,
    stroke: token('ink-dim'),
    grid: { stroke: token('line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: props().height,
    legend: { show: false },
    cursor: { show: false },
    padding: [6, 4, 0, 0],
    scales: {
      x: {
        range: () => {
          const { times, span } = props();
          const end = times.at(-1) ?? Date.now();
          // The first minutes fill the chart, too.
          const shown = Math.min(span, Math.max(leastSpan, end - (times[0] ?? end)));
          return [(end - shown) / 1000, end / 1000];
        },
      },
      y: { range: (_, __, top) => [0, Math.max(props().atLeast, (top ?? 0) * HEADROOM)] },
    },
    axes: [
      {
        ...axis,
        size: 20,
        gap: 2,
        space: 1.6 * CLOCK_WIDTH,
        values: (chart, ticks) =>
          ticks.map((at) => {
            // Half a label would be cut off at the edge.
            const room = element.clientWidth - CLOCK_WIDTH / 2 - PLOT_LEFT;
            return chart.valToPos(at, 'x') < room ? clock.format(at * 1000) : '';
          }),
      },
      {
        ...axis,
        size: PLOT_LEFT,
        gap: 4,
        space: 30,
        incrs: props().binary ? powersOf2 : undefined,
        values: (_, ticks) => ticks.map((value) => props().format(value)),
      },
    ],
    series: [
      {},
      ...props().lines.map(({ name, dashed }) => ({
        label: name,
        stroke: token(dashed ? 'ink-dim' : 'ink-soft'),
        width: 1.5,
        dash: dashed ? [4, 3] : undefined,
        fill: dashed ? undefined : token('hover'),
        points: { show: false },
      })),
    ],
  };
}

const powersOf2 = Array.from({ length: 50 }, (_, n) => 2 ** n);

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
