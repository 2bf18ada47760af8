import { abiValueOf } from '#main/shared/abi-value.ts';
import { memberNumber } from '#main/shared/enum-text.ts';
import type { WordShape } from './abi-shape.ts';

/** An example of how a value of this ABI type is typed. */
export function argumentHint(type: string): string {
  if (type.endsWith(']')) return '[…, …]';
  if (type.startsWith('(')) return '(…, …)';
  if (type === 'address') return '0x… (40 hex digits)';
  if (type.startsWith('uint')) return '1000000000000000000 or 1ether';
  if (type.startsWith('int')) return '-1';
  if (type.startsWith('bytes')) return '0x…';
  if (type === 'function') return '0x… (an address and a selector)';
  return '';
}

/** The problem of a value, or null: the core checks names, texts, lists and tuples. */
export function argumentProblem(
  { type, choices }: Pick<WordShape, 'type' | 'choices'>,
  value: string,
): string | null {
  if (choices && memberNumber(value, choices) !== undefined) return null;
  // A label, a name or the index of an account: the core knows what it stands for.
  if (type === 'address' && !/^\s*0x/i.test(value)) return null;
  const read = abiValueOf(type, value);
  return read && 'expected' in read ? `Give ${read.expected}.` : null;
}
