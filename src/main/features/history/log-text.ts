import { setImmediate as turn } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { JournalRow } from '../../db/journal-rows.ts';

const AT_ONCE = 5000;

export interface LogTextOptions {
  stream: 'all' | 'stdout' | 'stderr';
  timestamps: boolean;
  ansi: boolean;
}

/** A log as pieces of text, read page by page so that other work is not blocked. */
export async function logText(
  read: (after: number, limit: number) => JournalRow[],
  options: LogTextOptions,
): Promise<string[]> {
  const pieces: string[] = [];
  for (let after = 0; ; ) {
    const rows = read(after, AT_ONCE);
    const last = rows.at(-1);
    if (!last) return pieces;
    after = last.seq;
    pieces.push(rows.map((row) => lineOf(row, options)).join(''));
    await turn();
  }
}

function lineOf(row: JournalRow, { stream, timestamps, ansi }: LogTextOptions): string {
  const text = textOf(row, stream);
  if (text === null) return '';
  const stamp = timestamps ? `${new Date(row.at).toISOString()} ` : '';
  return `${stamp}${ansi ? text : stripVTControlCharacters(text)}\n`;
}

function textOf({ type, data }: JournalRow, stream: LogTextOptions['stream']): string | null {
  if (stream !== 'all') return type === stream ? data : null;
  switch (type) {
    case 'stdout':
    case 'stderr':
    case 'drydock':
      return data;
    case 'command':
      return `$ ${(JSON.parse(data) as { command: string }).command}`;
    case 'warning':
      return `! ${(JSON.parse(data) as { message: string }).message}`;
    default:
      return null;
  }
}
