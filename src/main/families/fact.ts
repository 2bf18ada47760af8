import type { FactDiff } from './contract.ts';

type Value = string | number | null | undefined;

/** A value of both sides; what neither has is no difference. */
export function factOf(name: string, a: Value, b: Value): FactDiff {
  const [left, right] = [textOf(a), textOf(b)];
  return { name, a: left, b: right, changed: left !== right };
}

const textOf = (value: Value): string | null =>
  value === null || value === undefined ? null : String(value);
