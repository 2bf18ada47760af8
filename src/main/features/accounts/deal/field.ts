/** Bits of a word of storage, from the lowest. */
export interface Field {
  offset: number;
  width: number;
}

const WORD = 256;
const ONES = 2n ** 256n - 1n;

export const maskOf = ({ width }: Pick<Field, 'width'>): bigint => 2n ** BigInt(width) - 1n;

export const fieldIn = (word: bigint, field: Field): bigint =>
  (word >> BigInt(field.offset)) & maskOf(field);

/** The word with another value in the field, all other bits as they were. */
export const withField = (word: bigint, field: Field, value: bigint): bigint => {
  const shifted = maskOf(field) << BigInt(field.offset);
  return (word & (ONES ^ shifted)) | ((value << BigInt(field.offset)) & shifted);
};

/**
 * Words that tell apart every field: all ones show how wide it is, and in the k-th of the others a
 * bit is set where the k-th digit of its position is, which shows where it begins.
 */
export const patterns: readonly bigint[] = [
  ONES,
  ...Array.from({ length: 8 }, (_, k) => {
    let word = 0n;
    for (let bit = 0; bit < WORD; bit++) if ((bit >> k) & 1) word |= 1n << BigInt(bit);
    return word;
  }),
];

/**
 * The field that a call returns as it stands, from what it returned for each of `patterns`; null: it
 * returns something else, or refuses one of them.
 */
export function fieldFromPatterns(outputs: readonly (bigint | null)[]): Field | null {
  const [ones, ...rest] = outputs;
  if (!ones) return null;
  const width = ones.toString(2).length;
  let offset = 0;
  for (const [k, output] of rest.entries()) if ((output ?? 0n) & 1n) offset |= 1 << k;
  const field = { offset, width };
  if (offset + width > WORD) return null;
  return patterns.every((word, i) => outputs[i] === fieldIn(word, field)) ? field : null;
}

/** The word with each of its bits turned. */
export const flips = (word: bigint): bigint[] =>
  Array.from({ length: WORD }, (_, bit) => word ^ (1n << BigInt(bit)));

/** Narrower ones are flags, which may look like a value by chance. */
const LEAST_PLAIN = 8;

/**
 * Which bits decide what a call returns, from what it returned for each of `flips`; null: none does.
 * `isPlain`: it returns them as they stand, whatever other bits do to it.
 */
export function fieldFromFlips(
  word: bigint,
  current: bigint | null,
  outputs: readonly (bigint | null)[],
): (Field & { isPlain: boolean }) | null {
  const deciding = outputs.flatMap((output, bit) =>
    output !== null && output !== current ? [bit] : [],
  );
  const [offset, highest] = [deciding[0], deciding.at(-1)];
  if (offset === undefined || highest === undefined) return null;
  for (let width = highest - offset + 1; width >= LEAST_PLAIN; width--) {
    if (isReturned(word, { offset, width }, outputs)) return { offset, width, isPlain: true };
  }
  return { offset, width: highest - offset + 1, isPlain: false };
}

/** Whether each of its bits, turned, turns that bit of what is returned and no other. */
function isReturned(word: bigint, field: Field, outputs: readonly (bigint | null)[]): boolean {
  for (let bit = field.offset; bit < field.offset + field.width; bit++) {
    if (outputs[bit] !== fieldIn(word ^ (1n << BigInt(bit)), field)) return false;
  }
  return true;
}
