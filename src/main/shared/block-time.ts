import { safeInteger } from './safe-integer.ts';

/** Unix time, s: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_DATE = 8_640_000_000_000;

/** What is shown of the time of a block that is later than any date: any below 2^64 is possible. */
export const UNDATED = 'later than any date';

/** The time of a block, s; null: it is later than any date. */
export function blockTime(value: unknown): number | null {
  const time = safeInteger(value);
  return time === null || time > LAST_DATE ? null : time;
}
