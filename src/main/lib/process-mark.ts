import { processRef } from './process-ref.ts';
import { sha256 } from './sha256.ts';

/** The mark of a running process; undefined when there is none. */
export function markOf(pid: number): string | undefined {
  const ref = processRef(pid);
  return ref && `${pid}-${sha256(ref.startedAt).slice(0, 8)}`;
}

let own: string | undefined;

/** Identifies this process, and no later one with its pid, in a file name or a lock. */
export function ownMark(): string {
  own ??= markOf(process.pid) ?? `${process.pid}-0`;
  return own;
}

/** The process id in a mark; NaN when it isn't one. */
export const pidOf = (mark: string): number => Number.parseInt(mark, 10);

/**
 * Whether the process that wrote a mark is still running. A pid without its start time is no mark.
 */
export function isOfLiving(mark: string): boolean {
  return mark === ownMark() || (pidOf(mark) > 0 && markOf(pidOf(mark)) === mark);
}
