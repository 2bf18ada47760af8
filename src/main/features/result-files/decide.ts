import type { ResultFileRow } from './store.ts';

/** What is to become of a file. `why`: it stays as it is, for a reason that a person should know. */
export type Decision =
  | { do: 'nothing' }
  | { do: 'keep'; why: 'changed' | 'foreign' }
  | { do: 'remove' }
  | { do: 'put'; hash: string };

const nothing: Decision = { do: 'nothing' };

/**
 * What becomes of a file that is one run's alone, when its run has come back to its chain or is gone
 * from it.
 *
 * @param current SHA-256 of what is there; null: nothing
 */
export function decideOwn({ live, aside, after }: ResultFileRow, current: string | null): Decision {
  if (live === false) {
    if (current === null) return nothing;
    return current === after ? { do: 'remove' } : { do: 'keep', why: 'changed' };
  }
  // Also of a run whose record is gone: the file is the user's.
  return aside && current === null && after !== null ? { do: 'put', hash: after } : nothing;
}

/**
 * What becomes of a file that each run overwrites: it is as the newest live run left it, or, when none
 * is left, as it was before the first of those that are gone. A content that is not recorded stays.
 *
 * @param rows all that is recorded of it, the oldest run first
 */
export function decideShared(rows: readonly ResultFileRow[], current: string | null): Decision {
  const gone = rows.filter(({ live, aside }) => live === false && !aside);
  const back = rows.filter(({ live, aside }) => live === true && aside);
  if (gone.length + back.length === 0) return nothing;
  const newest = rows.findLast(({ live }) => live === true);
  const target = targetOf(gone, back, newest);
  if (current === target) return nothing;
  const author = rows.find(({ after }) => after !== null && after === current);
  // Of another chain, or deployed since: it still says what is.
  if (author?.live === true && !author.aside && back.length === 0) return nothing;
  if (current === null) {
    // Deleted by hand, unless it was us.
    return back.length > 0 && target !== null ? { do: 'put', hash: target } : nothing;
  }
  const isKnown = author !== undefined || rows.some(({ before }) => before === current);
  if (!isKnown) return { do: 'keep', why: 'changed' };
  if (!author && rows.some(({ foreign }) => foreign)) return { do: 'keep', why: 'foreign' };
  return target === null ? { do: 'remove' } : { do: 'put', hash: target };
}

function targetOf(
  gone: readonly ResultFileRow[],
  back: readonly ResultFileRow[],
  newest: ResultFileRow | undefined,
): string | null {
  const lastGone = gone.at(-1)?.deployment ?? 0;
  if (newest && (back.length > 0 || newest.deployment > lastGone)) return newest.after;
  return gone[0]?.before ?? null;
}
