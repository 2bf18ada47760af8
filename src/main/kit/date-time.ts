const swedish = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** Local date and time wherever there is text: `2026-11-21 18:12:57`. */
export const dateTime = (ms: number): string => swedish.format(ms);
