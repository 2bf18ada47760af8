const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Parses seconds: a plain number, or one with a unit such as `90s`, `15m`, `24h`, `1d`, `1w`. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d+)([smhdw]?)$/.exec(text.trim()) ?? [];
  const value = Number(digits) * (units[unit || 's'] ?? Number.NaN);
  return digits && Number.isSafeInteger(value) ? value : undefined;
}
