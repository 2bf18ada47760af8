import { abiValueOf } from '#main/shared/abi-value.ts';

/** An example of how a value of this ABI type is typed. */
export function argumentHint(type: string): string {
  if (type.endsWith(']')) return '[…, …]';
  if (type.startsWith('(')) return '(…, …)';
  if (type === 'address') return '0x… (40 hex digits)';
  if (type.startsWith('uint')) return '1000000000000000000 or 1ether';
  if (type.startsWith('int')) return '-1';
  if (type.startsWith('bytes')) return '0x…';
  return '';
}

/** The problem of a value for this ABI type, or null: the core checks texts, lists and tuples. */
export function argumentProblem(type: string, value: string): string | null {
  const read = abiValueOf(type, value);
  return read && 'expected' in read ? `Give ${read.expected}.` : null;
}
