const units = { s: 1, m: 60, h: 3600 } as const;
export const longestSeconds = 86_400;

/**
 * Parses a duration in seconds: `90`, `90 s`, `15 min`, `1 h`, `1 h 30 min`. Null when it is
 * invalid, below a second or above a day.
 */
export function parseSpan(text: string): number | null {
  const trimmed = text.trim().toLowerCase();
  if (/^\d{1,6}$/.test(trimmed)) return within(Number(trimmed));
  const part = /^(\d{1,6})\s*(h|hours?|m|mins?|minutes?|s|secs?|seconds?)(?![a-z])\s*/;
  let rest = trimmed;
  let seconds = 0;
  while (rest !== '') {
    const match = part.exec(rest);
    if (!match) return null;
    seconds += Number(match[1]) * units[match[2]?.[0] as keyof typeof units];
    rest = rest.slice(match[0].length);
  }
  return within(seconds);
}

function within(seconds: number): number | null {
  return seconds >= 1 && seconds <= longestSeconds ? seconds : null;
}

/** Formats seconds as `parseSpan` reads them: 5400 as `1 h 30 min`. */
export function spanText(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}
