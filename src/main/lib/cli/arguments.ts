import { existsSync, readFileSync, statSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { InvalidArgumentError } from 'commander';
import { expandPath } from '../expand-path.ts';
import { parseDuration } from '../parse-duration.ts';

/** A whole number of at least 0. */
export function whole(text: string): number {
  if (/^\d+$/.test(text)) return safe(text);
  throw new InvalidArgumentError('Give a whole number.');
}

/** One number, or several with commas: `3,4,7`. One that is given twice counts once. */
export function numbers(text: string): number[] {
  if (/^\d+(,\d+)*$/.test(text)) return [...new Set(text.split(',').map(safe))];
  throw new InvalidArgumentError('Give a whole number, or several with commas: 3,4,7.');
}

/** Seconds: a plain number, or one with a unit such as `90s`, `15m`, `2h`, `1d`, `1w`. */
export function seconds(text: string): number {
  const value = parseDuration(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError('Give seconds, or a time such as 15m, 2h or 1d.');
}

/** A whole number, possibly negative. */
export function integer(text: string): number {
  if (/^-?\d+$/.test(text)) return safe(text);
  throw new InvalidArgumentError('Give a whole number.');
}

function safe(digits: string): number {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return value;
  const most = Number.MAX_SAFE_INTEGER;
  throw new InvalidArgumentError(
    value > 0 ? `Give a whole number up to ${most}.` : `Give a whole number from -${most}.`,
  );
}

/** A folder by its whole path: the core that is asked may run elsewhere. */
export const folderArgument = (typed: string): string => expandPath(typed);

/** A project by its name, id or folder; what reads as a path, or is one here, becomes a whole one. */
export function projectArgument(typed: string): string {
  const isPath = /^(\.{1,2}([\\/]|$)|~([\\/]|$)|[\\/]|[a-z]:[\\/])/i.test(typed);
  const isHere = /[\\/]/.test(typed) && existsSync(typed);
  return isPath || isHere ? expandPath(typed) : typed;
}

/** An argument that is given in exactly one of two ways. `what` completes "Give …". */
export function needed<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new InvalidArgumentError(`Give ${what}.`);
}

/** An argument that is also an option. */
export function once<T>(
  argument: T | undefined,
  option: T | undefined,
  name: string,
): T | undefined {
  if (argument !== undefined) refuse({ [name]: option }, 'beside the same as an argument');
  return argument ?? option;
}

/**
 * For what was given and would be dropped without a word.
 *
 * @param given by how it is typed
 * @param where completes "… can't be used", e.g. `without an account`
 */
export function refuse(given: Record<string, unknown>, where: string): void {
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  if (names.length === 0) return;
  throw new InvalidArgumentError(`${names.join(' and ')} can't be used ${where}.`);
}

export function collect(text: string, earlier: string[] = []): string[] {
  return [...earlier, text];
}

/**
 * As `collect`: `@file` stands for the bytes in a file, as hex; `@@…` for a text that begins with `@`.
 */
export function collectValues(text: string, earlier: string[] = []): string[] {
  if (!text.startsWith('@')) return collect(text, earlier);
  if (text.startsWith('@@')) return collect(text.slice(1), earlier);
  return collect(`0x${bytesIn(expandPath(text.slice(1))).toString('hex')}`, earlier);
}

/** What a function takes as an argument, in bytes. */
const MOST_BYTES = 99_999;

function bytesIn(file: string): Buffer {
  const found = statSync(file, { throwIfNoEntry: false });
  // A device or a pipe may never end.
  if (!found?.isFile()) {
    throw new InvalidArgumentError(
      `${file} is no file. Give "@@" for a text that begins with "@".`,
    );
  }
  if (found.size > MOST_BYTES) {
    throw new InvalidArgumentError(
      `${file} has ${found.size} bytes: an argument has at most ${MOST_BYTES}.`,
    );
  }
  try {
    return readFileSync(file);
  } catch {
    throw new InvalidArgumentError(`${file} can't be read.`);
  }
}

/** Reads "-" from standard input: other users can see arguments. */
export async function orFromInput<T extends string | undefined>(value: T): Promise<T | string> {
  return value === '-' ? (await text(process.stdin)).trim() : value;
}
