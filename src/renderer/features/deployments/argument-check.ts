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

/**
 * What is surely wrong with a value for this ABI type, or null. Only a first look, which refuses
 * nothing that the core takes; the core has the last word.
 */
export function argumentProblem(type: string, value: string): string | null {
  const text = value.trim();
  if (type === 'address') {
    return /^(0x)?[0-9a-f]{40}$/i.test(text) ? null : 'An address is 0x and 40 hex digits.';
  }
  if (/^u?int\d*$/.test(type)) {
    if (type.startsWith('uint') && text.startsWith('-')) return 'This number can’t be negative.';
    const decimal = /^-?\d+(\.\d+)?(e\d+)?\s*(wei|[kmg]wei|ether|eth)?$/i;
    return decimal.test(text) || /^-?0x[0-9a-f]+$/i.test(text)
      ? null
      : 'A whole number, such as 42, 0x2a or 1ether.';
  }
  const fixed = /^bytes(\d+)$/.exec(type);
  if (fixed) {
    const digits = Number(fixed[1]) * 2;
    return new RegExp(`^(0x)?[0-9a-f]{${digits}}$`, 'i').test(text)
      ? null
      : `0x and exactly ${digits} hex digits.`;
  }
  if (type === 'bytes') {
    return /^(0x)?([0-9a-f]{2})*$/i.test(text) ? null : '0x and pairs of hex digits.';
  }
  return null;
}
