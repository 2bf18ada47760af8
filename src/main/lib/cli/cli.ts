import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import { dateTime } from '../../shared/date-time.ts';
import { colors } from './colors.ts';
import type { Prompts } from './prompts.ts';

/** What a feature's commands get: its procedures, and ways to print. */
export interface Cli<Client> {
  /**
   * Calls procedures and prints the result: with `--json` the value as one JSON document, otherwise
   * the text from `human`. An error is printed on stderr and sets the exit code. Ctrl-C or TERM
   * ends the command at once, unless the work `endsItself` when `signal` is aborted.
   */
  answer<T>(
    work: (client: Client) => Promise<T>,
    human: (value: T) => string,
    options?: { endsItself?: boolean },
  ): Promise<void>;
  /** The same for a stream: one JSON object a line, or lines of text. It ends at Ctrl-C or TERM. */
  stream<T>(
    work: (client: Client) => Promise<AsyncIterable<T>>,
    human: (value: T) => string | undefined,
  ): Promise<void>;
  /** Calls procedures whose results a command needs before it prints anything; rejects with their errors. */
  call<T>(work: (client: Client) => Promise<T>): Promise<T>;
  readonly json: boolean;
  /** Ways to ask the user; null without a terminal, or with `--json`. */
  prompts(): Promise<Prompts | null>;
  /** Prints a progress message on stderr. */
  say(text: string): void;
  /** Whether the user confirms; false at once without a terminal, or with `--json`. */
  confirm(question: string): Promise<boolean>;
  /** Makes the command exit with 1 although the call itself succeeded. */
  fail(): void;
  /** Aborted at the first Ctrl-C or TERM. */
  readonly signal: AbortSignal;
}

/** A table without lines; columns are as wide as their widest cell. */
export function table(head: string[], rows: (string | number | null)[][]): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '' };
  const out = new Table({
    head: head.map((h) => colors.dim(h)),
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
  out.push(...rows.map((row) => row.map((cell) => cell ?? colors.dim('-'))));
  return out.toString();
}

/** `label  value` lines; entries without a value are omitted. */
export function facts(entries: [string, string | number | null | undefined][]): string {
  const known = entries.filter(([, value]) => value !== null && value !== undefined);
  const width = Math.max(...known.map(([label]) => label.length));
  return known.map(([label, value]) => `${colors.dim(label.padEnd(width))}  ${value}`).join('\n');
}

export const time = (ms: number | null): string | null => (ms === null ? null : dateTime(ms));

/** Text of another program, without colours where Drydock uses none. */
export const plain = (text: string): string =>
  colors.isColorSupported ? text : stripVTControlCharacters(text);

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
