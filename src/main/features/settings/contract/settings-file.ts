import { AppError } from '../../../shared/errors.ts';
import type { DescribedSetting } from '../contract.ts';

/** What holds for a moment on this machine alone: no part of a file, and passed over in one. */
const momentary: ReadonlySet<string> = new Set(['quietUntil']);

/** What is set here, as a JSON object of keys and values that `settings.set` takes. */
export function settingsText(all: readonly DescribedSetting[]): string {
  const own = all.filter(
    ({ key, value, default: usual }) => value !== usual && !momentary.has(key),
  );
  const values = Object.fromEntries(own.map(({ key, value }) => [key, value]));
  return `${JSON.stringify(values, null, 2)}\n`;
}

/** The settings in such a text. Throws BAD_INPUT. */
export function settingsIn(text: string): Record<string, unknown> {
  const value = parsed(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).filter(([key]) => !momentary.has(key)));
  }
  throw new AppError(
    'BAD_INPUT',
    'This is no file with settings: give one that was exported, a JSON object of keys and values.',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
