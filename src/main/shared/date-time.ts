let swedish: Intl.DateTimeFormat | undefined;

/** The last instant that a Date can hold; the clock of a chain can be set to any. */
const LAST = 8.64e15;

/** Local date and time wherever there is text: `2026-11-21 18:12:57`. */
export function dateTime(ms: number): string {
  if (Math.abs(ms) > LAST) return `${ms / 1000} s`;
  // Making one takes longer than most commands have.
  swedish ??= new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });
  return swedish.format(ms);
}
