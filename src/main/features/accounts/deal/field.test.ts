import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Field,
  fieldFromFlips,
  fieldFromPatterns,
  fieldIn,
  flips,
  patterns,
  withField,
} from './field.ts';

const field = fc
  .tuple(fc.integer({ min: 0, max: 248 }), fc.integer({ min: 8, max: 256 }))
  .map(([offset, width]): Field => ({ offset, width: Math.min(width, 256 - offset) }));
const word = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });

test('a field is known by what patterns return', () => {
  fc.assert(
    fc.property(field, (one) => {
      expect(fieldFromPatterns(patterns.map((each) => fieldIn(each, one)))).toEqual(one);
    }),
  );
});

test('a field is known by what turned bits return, whatever other bits refuse or clear', () => {
  fc.assert(
    fc.property(field, word, fc.infiniteStream(fc.boolean()), (one, stored, refuses) => {
      const end = one.offset + one.width;
      const outputs = flips(stored).map((each, bit) => {
        const isOwn = bit >= one.offset && bit < end;
        return !isOwn && refuses.next().value ? null : fieldIn(each, one);
      });
      expect(fieldFromFlips(stored, fieldIn(stored, one), outputs)).toEqual({
        ...one,
        isPlain: true,
      });
    }),
  );
});

test('what is computed from a word is no plain field', () => {
  expect(fieldFromPatterns(patterns.map((each) => each / 3n))).toBeNull();
  expect(
    fieldFromFlips(
      10n,
      5n,
      flips(10n).map((each) => each * 3n),
    ),
  ).toEqual({
    ...{ offset: 0, width: 256, isPlain: false },
  });
  expect(fieldFromPatterns(patterns.map(() => 5n))).toBeNull();
  expect(fieldFromPatterns(patterns.map(() => null))).toBeNull();
  expect(
    fieldFromFlips(
      10n,
      5n,
      flips(10n).map(() => 5n),
    ),
  ).toBeNull();
});

test('a field is written with all other bits as they were', () => {
  fc.assert(
    fc.property(field, word, word, (one, stored, given) => {
      const value = fieldIn(given, { offset: 0, width: one.width });
      const written = withField(stored, one, value);
      expect(fieldIn(written, one)).toBe(value);
      expect(withField(written, one, fieldIn(stored, one))).toBe(stored);
    }),
  );
});
