import { stampOf } from './file-stamp.ts';
import { statOf } from './fs-sync.ts';

/** Files and folders, absolute, with their state when first examined. */
export type Seen = Map<string, string>;

/** Checking this many again takes some ten milliseconds; longer paths take longer. */
const MOST_SEEN = 5000;
const MOST_CHARACTERS = 1_000_000;

/** Whether `isAsSeen` can check all of it quickly. */
export function isQuicklySeen(seen: Seen): boolean {
  if (seen.size > MOST_SEEN) return false;
  let characters = 0;
  for (const file of seen.keys()) characters += file.length;
  return characters <= MOST_CHARACTERS;
}

/** Differs between two states of a file or folder; empty when it doesn't exist. */
export const stateOf = (file: string): string => stampOf(statOf(file));

export function isAsSeen(seen: Seen): boolean {
  for (const [file, state] of seen) {
    if (stateOf(file) !== state) return false;
  }
  return true;
}
