import fc from 'fast-check';
import {
  type AbiParameter,
  decodeAbiParameters,
  encodeAbiParameters,
  getAddress,
  type Hex,
} from 'viem';
import { expect, test } from 'vitest';
import { rounds, seed } from '#test/harness/rounds.ts';
import { decodedValues } from './inside/decoded-value.ts';
import { type ReadValue, readArguments } from './typed-arguments.ts';

const valuesOf = (read: readonly ReadValue[]) => read.map(({ value }) => value);

const often = { seed, numRuns: rounds(100, 20_000) };

/** A parameter, a value of it, and one way in which a person could type that. */
interface Case {
  parameter: AbiParameter;
  value: unknown;
  text: string;
}

const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`;

const integer = fc
  .tuple(
    fc.integer({ min: 1, max: 32 }),
    fc.boolean(),
    fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  )
  .chain(([size, signed, any]) => {
    const bits = BigInt(size * 8);
    const value = signed ? (any % 2n ** bits) - 2n ** (bits - 1n) : any % 2n ** bits;
    const sign = value < 0n ? '-' : '';
    const digits = (value < 0n ? -value : value).toString(16);
    return fc.constantFrom(`${value}`, `${sign}0x${digits}`, `${value} wei`).map((text) => ({
      parameter: { name: 'n', type: `${signed ? '' : 'u'}int${bits}` },
      value,
      text,
    }));
  });
const word: fc.Arbitrary<Case> = fc.oneof(
  integer,
  fc
    .boolean()
    .map((value) => ({ parameter: { name: 'is', type: 'bool' }, value, text: `${value}` })),
  fc.uint8Array({ minLength: 20, maxLength: 20 }).chain((bytes) =>
    fc.constantFrom(getAddress(hexOf(bytes)), hexOf(bytes)).map((text) => ({
      parameter: { name: 'to', type: 'address' },
      value: getAddress(hexOf(bytes)),
      text,
    })),
  ),
  fc.uint8Array({ maxLength: 70 }).map((bytes) => ({
    ...{ parameter: { name: 'data', type: 'bytes' }, value: hexOf(bytes), text: hexOf(bytes) },
  })),
  fc.uint8Array({ minLength: 1, maxLength: 32 }).map((bytes) => ({
    parameter: { name: 'id', type: `bytes${bytes.length}` },
    value: hexOf(bytes),
    text: hexOf(bytes),
  })),
  // Two kinds of quotes at once can't be written within a list.
  fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .filter((text) => !text.includes("'"))
    .map((value) => ({ parameter: { name: 'text', type: 'string' }, value, text: value })),
);

const nested = (one: Case): string =>
  one.parameter.type === 'string' ? `'${one.text}'` : one.text;

const { any } = fc.letrec<{ any: Case }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.tuple(tie('any'), fc.integer({ min: 0, max: 3 }), fc.boolean()).map(([one, n, fixed]) => ({
      parameter: {
        ...one.parameter,
        type: `${one.parameter.type}[${fixed && n > 0 ? n : ''}]`,
      },
      value: Array.from({ length: n }, () => one.value),
      text: `[${Array.from({ length: n }, () => nested(one)).join(', ')}]`,
    })),
    fc
      .tuple(fc.array(tie('any'), { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([parts, named]): Case => {
        const components = parts.map(({ parameter }, i) => ({
          ...parameter,
          name: named ? `part${i}` : '',
        }));
        const values = parts.map(({ value }) => value);
        return {
          parameter: { name: 'tuple', type: 'tuple', components },
          value: named
            ? Object.fromEntries(components.map(({ name }, i) => [name, values[i]]))
            : values,
          text: `(${parts.map(nested).join(',')})`,
        };
      }),
  ),
}));

test('whatever is typed is encoded, and decodes to what was meant', () => {
  fc.assert(
    fc.property(fc.array(any, { maxLength: 4 }), (cases) => {
      const inputs = cases.map(({ parameter }) => parameter);
      const read = readArguments(
        { signature: 'run()', inputs, field: 'arguments' },
        cases.map(({ text }) => text),
      );
      const encoded = encodeAbiParameters(inputs, valuesOf(read));
      const meant = encodeAbiParameters(
        inputs,
        cases.map(({ value }) => value),
      );
      expect(encoded).toBe(meant);
      if (inputs.length === 0) return;
      const decoded = decodeAbiParameters(inputs, encoded) as readonly unknown[];
      expect(decodedValues(inputs, decoded)).toEqual(
        decodedValues(
          inputs,
          cases.map(({ value }) => value),
        ),
      );
    }),
    often,
  );
});

test('whatever is accepted of any text is encoded', () => {
  const types = ['uint8', 'int256', 'bool', 'address', 'bytes', 'bytes4', 'uint16[]', 'string[2]'];
  const text = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.stringMatching(/^[-+0-9.eExa-f gwethri[\](),"']{0,24}$/),
  );
  fc.assert(
    fc.property(fc.constantFrom(...types), text, (type, given) => {
      const inputs = [{ name: 'value', type }];
      let read: ReadValue[];
      try {
        read = readArguments({ signature: 'run()', inputs, field: 'arguments' }, [given]);
      } catch (error) {
        expect(error).toMatchObject({ code: 'BAD_ARGUMENT', data: { field: 'arguments' } });
        return;
      }
      expect(encodeAbiParameters(inputs, valuesOf(read))).toMatch(/^0x/);
    }),
    often,
  );
});

test('an address may be named, and another text is refused with what there is to give', () => {
  const of = {
    signature: 'send(address[])',
    inputs: [{ name: 'to', type: 'address[]' }],
    field: 'arguments',
    addressOf: (text: string): Hex | null =>
      text === 'yard.Yard' ? '0x00000000000000000000000000000000000000Aa' : null,
  };
  expect(valuesOf(readArguments(of, ['[yard.Yard]']))).toEqual([
    ['0x00000000000000000000000000000000000000Aa'],
  ]);
  expect(() => readArguments(of, ['[nobody]'])).toThrow(
    /must be an address .*, a contract's name, or the index of an account, but "nobody" in/,
  );
});
