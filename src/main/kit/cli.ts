import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import pc from 'picocolors';
import { dateTime } from './date-time.ts';

/** What a feature's commands are given: a way to its procedures, and a way to print. */
export interface Cli<Client> {
  /**
   * Calls procedures and prints what comes back: with `--json` the value as one JSON document,
   * otherwise what `human` makes of it. An error ends up on stderr and in the exit code.
   */
  answer<T>(work: (client: Client) => Promise<T>, human: (value: T) => string): Promise<void>;
  /** The same for a stream: one JSON object a line, or lines of text. */
  stream<T>(
    work: (client: Client) => Promise<AsyncIterable<T>>,
    human: (value: T) => string | undefined,
  ): Promise<void>;
  readonly json: boolean;
  /** A message on the way, on stderr. */
  say(text: string): void;
  /** Makes the command exit with 1 although the call itself went well. */
  fail(): void;
  /** Aborted at the first Ctrl-C or TERM. */
  readonly signal: AbortSignal;
}

/** A table without lines; columns are as wide as their widest cell. */
export function table(head: string[], rows: (string | number | null)[][]): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '' };
  const out = new Table({
    head: head.map((h) => pc.dim(h)),
    chars: {
      ...none,
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  out.push(...rows.map((row) => row.map((cell) => cell ?? pc.dim('-'))));
  return out.toString();
}

/** `label  value` lines; entries without a value are left out. */
export function facts(entries: [string, string | number | null | undefined][]): string {
  const known = entries.filter(([, value]) => value !== null && value !== undefined);
  const width = Math.max(...known.map(([label]) => label.length));
  return known.map(([label, value]) => `${pc.dim(label.padEnd(width))}  ${value}`).join('\n');
}

export const time = (ms: number | null): string | null => (ms === null ? null : dateTime(ms));

/** Text of another program, without its colours where there are none of ours either. */
export const plain = (text: string): string =>
  pc.isColorSupported ? text : stripVTControlCharacters(text);

export function plural(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

/** `412 B`, `1.4 MiB`. */
export function bytes(size: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = size;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
