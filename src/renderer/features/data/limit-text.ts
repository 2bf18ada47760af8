import type { Retention } from '#main/features/data/contract.ts';

export type Rule = keyof Retention;

const GIB = 2 ** 30;

const isSize = (rule: Rule): boolean => rule.endsWith('Bytes');

/** A limit as it stands in its field: days or a count as they are, sizes in GiB; empty is none. */
export function limitText(rule: Rule, limit: number | null): string {
  if (limit === null) return '';
  return isSize(rule) ? String(Number((limit / GIB).toFixed(3))) : String(limit);
}

/** The limit that a field holds; `undefined` when it is none. */
export function limitOf(rule: Rule, text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return mayBeEmpty(rule) ? null : undefined;
  if (isSize(rule)) {
    const bytes = /^\d{1,5}(\.\d{1,3})?$/.test(trimmed) ? Math.round(Number(trimmed) * GIB) : 0;
    return bytes >= 2 ** 20 ? bytes : undefined;
  }
  const whole = /^\d{1,7}$/.test(trimmed) ? Number(trimmed) : 0;
  const [least, most] = boundsOf(rule);
  return whole >= least && whole <= most ? whole : undefined;
}

/** What to enter instead of what is no limit. */
export function limitHint(rule: Rule): string {
  const [least, most] = boundsOf(rule);
  const range = isSize(rule) ? 'A size such as 5 or 0.5' : `From ${least} to ${most}`;
  return mayBeEmpty(rule) ? `${range}, or nothing.` : `${range}.`;
}

/** Of these there always is a number. */
const mayBeEmpty = (rule: Rule): boolean => rule !== 'snapshotCount' && rule !== 'backupCount';

const bounds: Partial<Record<Rule, [least: number, most: number]>> = {
  logRuns: [20, 1_000_000],
  snapshotCount: [1, 50],
  backupCount: [1, 3650],
};

const boundsOf = (rule: Rule): [least: number, most: number] => bounds[rule] ?? [1, 36_500];
