/** The member of an enum with a number; a number beyond them stays one. */
export const memberText = (value: bigint, members: readonly string[], name: string): string =>
  (value >= 0n && value < BigInt(members.length) ? members[Number(value)] : undefined) ??
  noMember(String(value), name);

export const noMember = (number: string, name: string): string =>
  `${number} (no member of ${name})`;

/** The number of the member that a text names, with its enum's name or without; undefined: of none. */
export function memberNumber(text: string, members: readonly string[]): number | undefined {
  const found = members.indexOf(text.trim().split('.').at(-1) ?? '');
  return found === -1 ? undefined : found;
}
