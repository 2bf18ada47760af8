import { table } from './cli.ts';
import { colors } from './colors.ts';

/** A table under a title; null when it has no rows. */
export function section(
  title: string,
  head: string[],
  rows: (string | number | null)[][],
): string | null {
  return rows.length === 0 ? null : `${colors.bold(title)}\n${table(head, rows)}`;
}
