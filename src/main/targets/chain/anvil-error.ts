import { stripVTControlCharacters } from 'node:util';

/** How errors begin that end anvil; what requests failed with is indented. */
const FATAL =
  /^(error: |The application panicked|thread '.*' .*(panicked|overflowed its stack)|panicked|fatal runtime error)/i;
/** A request that anvil has answered, by its method. */
const ANSWERED = /^\w+_\w+$/;

/** Below an error that a fork's upstream does not have a block. */
const NEWEST = /^latest block number: \d+$/;

function placeIn(lines: readonly string[]): number {
  const at = lines.findIndex((line) => line.startsWith('Location:'));
  return at < 0 ? lines.length : at;
}

/**
 * The error that anvil ended with, and what led to it; undefined: it went on after the last one that
 * it wrote, or wrote none.
 */
export function fatalErrorIn(log: string): string | undefined {
  const lines = log.split('\n').map((line) => stripVTControlCharacters(line).trimEnd());
  const at = lines.findLastIndex((line) => FATAL.test(line));
  // Behind its place, a panic lists the calls that led to it.
  const rest = lines.slice(at + 1);
  const after = rest.slice(0, placeIn(rest));
  if (at < 0 || rest.some((line) => ANSWERED.test(line))) return undefined;
  // `Context:` and a list, from the outermost reason to the innermost.
  const cause = after.map((line) => line.trim()).findLast((line) => /^(-|\d+:) /.test(line));
  // What a panic says stands in the line below.
  const message = after.find((line) => line.startsWith('Message:'))?.slice('Message:'.length);
  const said = (lines[at]?.endsWith(':') ? after[0] : message)?.trim();
  const newest = after.find((line) => NEWEST.test(line));
  const words = [lines[at], newest, said, cause?.replace(/^(-|\d+:) /, '')].filter(Boolean);
  return words
    .join(': ')
    .replaceAll('::', ':')
    .replace(/^error:\s*/i, '')
    .slice(0, 300);
}
