import { z } from 'zod';
import { type Retention, retention } from '#main/features/data/contract.ts';

export type Rule = keyof Retention;

const GIB = 2 ** 30;

const isSize = (rule: Rule): boolean => rule.endsWith('Bytes');

const takes = (rule: Rule, limit: number | null): boolean =>
  retention.shape[rule].safeParse(limit).success;

/** A limit as text for its field: days or a count unchanged, sizes in GiB; empty is none. */
export function limitText(rule: Rule, limit: number | null): string {
  if (limit === null) return '';
  return isSize(rule) ? String(Number((limit / GIB).toFixed(3))) : String(limit);
}

/** The limit in a field; `undefined` when it is invalid. */
export function limitOf(rule: Rule, text: string): number | null | undefined {
  const limit = limitIn(rule, text.trim());
  return limit !== undefined && takes(rule, limit) ? limit : undefined;
}

function limitIn(rule: Rule, text: string): number | null | undefined {
  if (text === '') return null;
  if (!isSize(rule)) return /^\d{1,7}$/.test(text) ? Number(text) : undefined;
  return /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Math.round(Number(text) * GIB) : undefined;
}

/** What to enter instead of an invalid limit. */
export function limitHint(rule: Rule): string {
  const schema = retention.shape[rule];
  const { minValue, maxValue } = schema instanceof z.ZodNullable ? schema.unwrap() : schema;
  const range = isSize(rule) ? 'A size such as 5 or 0.5' : `From ${minValue} to ${maxValue}`;
  return takes(rule, null) ? `${range}, or nothing.` : `${range}.`;
}
