let swedish: Intl.DateTimeFormat | undefined;

/** Local date and time wherever there is text: `2026-11-21 18:12:57`. */
export function dateTime(ms: number): string {
  // Making one takes longer than most commands have.
  swedish ??= new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });
  return swedish.format(ms);
}
