import { type ProcessRef, UNKNOWN_START } from './process-ref.ts';
import { processes } from './processes/processes.ts';
import { sha256 } from './sha256.ts';

/** Identifies a process, and no later one with its pid, in a file name or a lock. */
export const markOf = ({ pid, startedAt }: ProcessRef): string =>
  `${pid}-${sha256(startedAt).slice(0, 8)}`;

/** The mark of this process. */
export const ownMark = async (): Promise<string> => markOf(await processes.own());

/** The process id in a mark; NaN when it isn't one. */
export const pidOf = (mark: string): number => Number.parseInt(mark, 10);

/**
 * Whether the process that wrote a mark is still running. A pid without its start time is no mark.
 * Rejects when the system can't be asked.
 */
export async function isOfLiving(mark: string): Promise<boolean> {
  if (mark === (await ownMark())) return true;
  const pid = pidOf(mark);
  if (!(pid > 0)) return false;
  const ref = await processes.ref(pid);
  if (ref === undefined) return false;
  return [ref, { pid, startedAt: UNKNOWN_START }].some((one) => markOf(one) === mark);
}

/** Whether what carries a mark was left by a process that is gone. False where that isn't known. */
export const isOfGone = (mark: string): Promise<boolean> =>
  isOfLiving(mark).then(
    (lives) => !lives,
    () => false,
  );

/** Whether another process that carries a mark may still run: it ends by itself what it has begun. */
export const isOfOther = async (mark: string): Promise<boolean> =>
  mark !== (await ownMark()) && !(await isOfGone(mark));
