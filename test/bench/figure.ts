import { writeFileSync } from 'node:fs';
import os from 'node:os';
import Table from 'cli-table3';
import { median, type Pairs } from './samples.ts';

/** One line of the result. */
export interface Figure {
  name: string;
  /** In words, e.g. `≤ 1.15 ×`; null: for information. */
  target: string | null;
  measured: string;
  met: boolean | null;
  /** The numbers behind it: milliseconds unless the name says otherwise. */
  details: Record<string, number | number[]>;
}

export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

function medians(pairs: Pairs): { ours: number; bare: number; details: Figure['details'] } {
  const ours = median(pairs.ours);
  const bare = median(pairs.bare);
  const details = {
    oursMedian: round(ours, 2),
    bareMedian: round(bare, 2),
    ours: pairs.ours.map((ms) => round(ms, 2)),
    bare: pairs.bare.map((ms) => round(ms, 2)),
  };
  return { ours, bare, details };
}

/** `most`: null for information only. */
export function ratioFigure(name: string, most: number | null, pairs: Pairs): Figure {
  const { ours, bare, details } = medians(pairs);
  const ratio = ours / bare;
  return {
    name,
    target: most === null ? null : `≤ ${most} ×`,
    measured: `${ratio.toFixed(2)} × (${ours.toFixed(0)} of ${bare.toFixed(0)} ms)`,
    met: most === null ? null : ratio <= most,
    details: { ratio: round(ratio, 3), ...details },
  };
}

/** `mostMs`: null for information only. */
export function overheadFigure(name: string, mostMs: number | null, pairs: Pairs): Figure {
  const { ours, bare, details } = medians(pairs);
  const over = ours - bare;
  return {
    name,
    target: mostMs === null ? null : `≤ ${mostMs} ms over`,
    measured: `${over.toFixed(1)} ms over (${ours.toFixed(1)} of ${bare.toFixed(1)} ms)`,
    met: mostMs === null ? null : over <= mostMs,
    details: { overhead: round(over, 2), ...details },
  };
}

/** `most`: null for information only. */
export function plainFigure(
  name: string,
  value: number,
  unit: string,
  most: number | null,
  details: Figure['details'] = {},
): Figure {
  return {
    name,
    target: most === null ? null : `< ${most} ${unit}`,
    measured: `${round(value, value < 10 ? 2 : 0).toLocaleString('en')} ${unit}`,
    met: most === null ? null : value < most,
    details: { value: round(value, 3), ...details },
  };
}

export function print(figures: readonly Figure[]): void {
  const table = new Table({ head: ['', 'target', 'measured', 'met'], style: { head: [] } });
  for (const { name, target, measured, met } of figures) {
    table.push([name, target ?? '', measured, met === null ? '' : met ? 'yes' : 'NO']);
  }
  process.stdout.write(`${table.toString()}\n`);
}

export function write(file: string, figures: readonly Figure[]): void {
  const machine = {
    platform: `${process.platform} ${process.arch}`,
    cpus: os.cpus().length,
    cpu: os.cpus()[0]?.model ?? '',
    node: process.versions.node,
    at: new Date().toISOString(),
  };
  writeFileSync(file, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
}
