import { InvalidArgumentError } from 'commander';
import { spanSeconds } from './span.ts';

/** A whole number of at least 0. */
export function whole(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('Give a whole number.');
}

/** Seconds: a plain number, or one with a unit such as `90s`, `15m`, `2h`, `1d`, `1w`. */
export function seconds(text: string): number {
  const value = spanSeconds(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError('Give seconds, or a time such as 15m, 2h or 1d.');
}

/** A whole number, also below 0. */
export function integer(text: string): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('Give a whole number.');
}

/** An argument that may be given in two ways, and must be in one. `what` ends "Give ". */
export function needed<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new InvalidArgumentError(`Give ${what}.`);
}

export function collect(text: string, earlier: string[] = []): string[] {
  return [...earlier, text];
}
