/** How errors begin that end anvil; what requests failed with is indented. */
const FATAL =
  /^(error: |thread '.*' .*(panicked|overflowed its stack)|panicked|fatal runtime error)/i;
/** A request that anvil has answered, by its method. */
const ANSWERED = /^\w+_\w+$/;

/**
 * The error that anvil ended with, and what led to it; undefined: it went on after the last one that
 * it wrote, or wrote none.
 */
export function fatalErrorIn(log: string): string | undefined {
  const lines = log.split('\n').map((line) => line.trimEnd());
  const at = lines.findLastIndex((line) => FATAL.test(line));
  const after = lines.slice(at + 1);
  if (at < 0 || after.some((line) => ANSWERED.test(line))) return undefined;
  // `Context:` and a list, from the outermost reason to the innermost.
  const cause = after.map((line) => line.trim()).findLast((line) => /^(-|\d+:) /.test(line));
  // What a panic says stands in the line below.
  const said = lines[at]?.endsWith(':') ? after[0]?.trim() : undefined;
  const words = [lines[at], said, cause?.replace(/^(-|\d+:) /, '')].filter(Boolean);
  return words
    .join(': ')
    .replaceAll('::', ':')
    .replace(/^error:\s*/i, '')
    .slice(0, 300);
}
