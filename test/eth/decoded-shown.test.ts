import fc from 'fast-check';
import { type Abi, type AbiParameter, encodeAbiParameters, type Hex } from 'viem';
import { expect, test } from 'vitest';
import { decodeCall, decodeResult } from '#main/eth/inside/decode-call.ts';
import { decodeError } from '#main/eth/inside/decode-error.ts';
import { decodeEvent } from '#main/eth/inside/decode-event.ts';
import { decodeValues, plainOf } from '#main/eth/inside/decoded-value.ts';
import { readArguments } from '#main/eth/typed-arguments.ts';
import { ArgumentSyntaxError, readList } from '#main/shared/argument-text.ts';
import { textOf } from '#main/shared/decoded-text.ts';
import { rounds, seed } from '../harness/rounds.ts';

const often = { seed, numRuns: rounds(150, 5000) };

const hexOf = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`;
const hex = (size: fc.IntArrayConstraints) => fc.uint8Array(size).map(hexOf);

interface Case {
  parameter: AbiParameter;
  value: unknown;
}

/** What contracts can hold: not only what reads well. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '\u202e}<script>',
    '"]),[("',
    'it\'s "both"',
    '\u0000\u001b[31m',
    '__proto__',
    '',
  ),
);
const names = fc.constantFrom('', 'a', '__proto__', 'constructor', 'toString', 'length');

const word: fc.Arbitrary<Case> = fc
  .tuple(names, fc.integer({ min: 1, max: 32 }))
  .chain(([name, size]) =>
    fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** BigInt(size * 8) - 1n }).map((value) => ({
        parameter: { name, type: `uint${size * 8}` },
        value: size > 6 ? value : Number(value),
      })),
      hostile.map((value) => ({ parameter: { name, type: 'string' }, value })),
      hex({ maxLength: 70 }).map((value) => ({ parameter: { name, type: 'bytes' }, value })),
      hex({ minLength: size, maxLength: size }).map((value) => ({
        ...{ parameter: { name, type: `bytes${size}` }, value },
      })),
      hex({ minLength: 20, maxLength: 20 }).map((value) => ({
        ...{ parameter: { name, type: 'address' }, value },
      })),
      fc.boolean().map((value) => ({ parameter: { name, type: 'bool' }, value })),
    ),
  );

const { any } = fc.letrec<{ any: Case }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.tuple(tie('any'), fc.integer({ min: 0, max: 3 }), fc.boolean()).map(([one, n, fixed]) => ({
      parameter: { ...one.parameter, type: `${one.parameter.type}[${fixed && n > 0 ? n : ''}]` },
      value: Array.from({ length: n }, () => one.value),
    })),
    fc.tuple(fc.array(tie('any'), { minLength: 1, maxLength: 4 }), names).map(([parts, name]) => ({
      // As a compiler would write it: names of their own, or none at all.
      parameter: {
        ...{ name, type: 'tuple' },
        components: parts.map(({ parameter }, i) => ({
          ...parameter,
          name: parameter.name === '' ? '' : `${parameter.name}${i}`,
        })),
      },
      value: tupleOf(parts),
    })),
  ),
}));

function tupleOf(parts: readonly Case[]): unknown {
  const all = parts.map(({ parameter }, i) => parameter.name && `${parameter.name}${i}`);
  return all.every((name) => name)
    ? Object.fromEntries(parts.map(({ value }, i) => [all[i], value]))
    : parts.map(({ value }) => value);
}

test('whatever a contract returns is text and JSON, and what is shown can be typed again', () => {
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), (cases) => {
      const inputs = cases.map(({ parameter }) => parameter);
      const encoded = encodeAbiParameters(
        inputs,
        cases.map(({ value }) => value),
      );
      const decoded = decodeValues(inputs, encoded, { exact: true });
      expect(decoded).toHaveLength(inputs.length);
      expect(JSON.parse(JSON.stringify(decoded))).toEqual(decoded);
      expect(() => JSON.stringify(decoded?.map(plainOf))).not.toThrow();
      const texts = (decoded ?? []).map(textOf);
      const of = { signature: 'run()', inputs, field: 'arguments' };
      const typed = readArguments(of, texts).map(({ value }) => value);
      expect(encodeAbiParameters(inputs, typed)).toBe(encoded);
    }),
    often,
  );
});

test('whatever else comes back is told as it is: not one of them throws', () => {
  fc.assert(
    fc.property(fc.array(any, { maxLength: 3 }), hex({ maxLength: 200 }), (cases, junk) => {
      const inputs = cases.map(({ parameter }) => parameter);
      const item = { type: 'function', name: 'run', inputs, outputs: inputs } as const;
      const abi = [
        { ...item, stateMutability: 'view' },
        { type: 'error', name: 'Bad', inputs },
        { type: 'event', name: 'Ran', inputs, anonymous: true },
      ] as unknown as Abi;
      const shown = [
        decodeValues(inputs, junk),
        decodeCall(junk, abi),
        decodeResult(abi[0] as never, junk),
        decodeError(junk, abi, null as never, 'execution reverted'),
        decodeEvent({ topics: [], data: junk }, abi),
      ];
      expect(() => JSON.stringify(shown)).not.toThrow();
    }),
    often,
  );
});

test('brackets without an end are refused, however many', () => {
  expect(() => readList('['.repeat(200_000))).toThrow(ArgumentSyntaxError);
  expect(() => readList(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toThrow(
    ArgumentSyntaxError,
  );
});
