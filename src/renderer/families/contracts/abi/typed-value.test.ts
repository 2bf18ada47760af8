import fc from 'fast-check';
import { encodeAbiParameters, type AbiParameter as ViemParameter } from 'viem';
import { expect, test } from 'vitest';
import { readArguments } from '#main/eth/typed-arguments.ts';
import type { Typed } from '#main/shared/argument-text.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { type AbiParameter, shapeOf } from './abi-shape.ts';
import { pastedRows } from './pasted-rows.ts';
import { blank, firstProblem, textOfTyped, textProblem, typedIn } from './typed-value.ts';

interface Case {
  parameter: AbiParameter;
  typed: Typed;
}

const word: fc.Arbitrary<Case> = fc.oneof(
  fc
    .string({ unit: 'binary' })
    .map((typed) => ({ parameter: { name: 's', type: 'string' }, typed })),
  fc
    .constantFrom('"', "'", '\\', ',', '(', ']', ' ', '"a", \\"b', '\\n', '1]', '')
    .map((typed) => ({ parameter: { name: 's', type: 'string' }, typed })),
  fc.nat().map((n) => ({ parameter: { name: 'n', type: 'uint64' }, typed: String(n) })),
  fc.integer().map((n) => ({ parameter: { name: 'i', type: 'int256' }, typed: `${n}gwei` })),
  fc.boolean().map((is) => ({ parameter: { name: 'b', type: 'bool' }, typed: String(is) })),
  fc.constant({ parameter: { name: 'to', type: 'address' }, typed: `0x${'1'.repeat(40)}` }),
  fc.constantFrom('0x', '0xab12').map((typed) => ({
    ...{ parameter: { name: 'data', type: 'bytes' }, typed },
  })),
);

const { any } = fc.letrec<{ any: Case; list: Case; tuple: Case }>((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, word, tie('list'), tie('tuple')),
  list: fc.tuple(tie('any'), fc.integer({ min: 0, max: 3 })).map(([one, n]) => ({
    parameter: { ...one.parameter, type: `${one.parameter.type}[]` },
    typed: Array.from({ length: n }, () => one.typed),
  })),
  tuple: fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((members) => ({
    parameter: {
      ...{ name: 't', type: 'tuple' },
      components: members.map(({ parameter }, i) => ({ ...parameter, name: `m${i}` })),
    },
    typed: members.map((one) => one.typed),
  })),
}));

test('what the form accepts reaches the core as it was typed, and is encoded', () => {
  fc.assert(
    fc.property(any, ({ parameter, typed }) => {
      const shape = shapeOf(parameter);
      const text = textOfTyped(shape, typed);
      if (shape.of !== 'word') expect(typedIn(shape, text)).toEqual(typed);
      fc.pre(firstProblem([shape], [text]) === null);
      const inputs: readonly ViemParameter[] = [parameter as ViemParameter];
      const [read] = readArguments({ signature: 'f', inputs, field: 'arguments' }, [text]);
      expect(() => encodeAbiParameters(inputs, [read?.value])).not.toThrow();
      if (parameter.type === 'string[]') expect(read?.value).toEqual(typed);
    }),
    { seed, numRuns: rounds(300, 20_000) },
  );
});

const market = shapeOf({
  ...{ name: 'markets', type: 'tuple[]' },
  components: [
    { name: 'asset', type: 'address' },
    { name: 'cap', type: 'uint256' },
    { name: 'tags', type: 'string[]' },
  ],
});

test('a tuple is the same by its components and by its type', () => {
  expect(market.type).toBe('(address,uint256,string[])[]');
  const written = shapeOf({ name: 'markets', type: market.type });
  expect(written).toMatchObject({
    of: 'list',
    item: { of: 'tuple', type: market.type.slice(0, -2) },
  });
  expect(blank(market)).toEqual([]);
});

test('rows are taken from JSON, CSV and spreadsheets, with exact numbers', () => {
  const item = market.of === 'list' ? market.item : market;
  const json = '[{"asset":"0x1","cap":250000000000000000000001,"tags":["a, b"]},["0x2",7,[]]]';
  expect(pastedRows(item, json)).toEqual([
    ['0x1', '250000000000000000000001', ['a, b']],
    ['0x2', '7', []],
  ]);
  expect(pastedRows(item, 'asset,cap,tags\n0x1,5,\n"0x2","1,000",')).toEqual([
    ['0x1', '5', []],
    ['0x2', '1,000', []],
  ]);
  expect(pastedRows(shapeOf({ name: '', type: 'uint8' }), '1\t\n2\n')).toEqual(['1', '2']);
  expect(pastedRows(shapeOf({ name: '', type: 'string' }), 'one, two')).toBeNull();
});

test('what is wrong is said with its place', () => {
  expect(textProblem(market, '[(0x1,1,[])]')).toMatch(/^markets\[0\]\.asset: Give an address/);
  expect(textProblem(market, '[1]')).toContain('a list like');
  expect(firstProblem([market], [''])).toBeNull();
  expect(
    firstProblem(
      [market],
      [textOfTyped(market, [blank(shapeOf({ name: '', type: '(address,uint256,string[])' }))])],
    ),
  ).toContain('Fill in markets');
});

test('names the members of a tuple that the type names', () => {
  const shape = shapeOf({
    name: 'shares',
    type: '(address,(uint8,bool[2]),string)[]',
    named: '(address to,(uint8 part,bool[2] $flags) inner,string)[]',
  });
  expect(shape.type).toBe('(address,(uint8,bool[2]),string)[]');
  const item = shape.of === 'list' ? shape.item : null;
  const members = item?.of === 'tuple' ? item.members : [];
  expect(members.map(({ name, type }) => [name, type])).toEqual([
    ['to', 'address'],
    ['inner', '(uint8,bool[2])'],
    ['', 'string'],
  ]);
  const [, inner] = members;
  expect(inner?.of === 'tuple' && inner.members.map(({ name }) => name)).toEqual([
    'part',
    '$flags',
  ]);
  expect(
    textProblem(shape, '[(0x0000000000000000000000000000000000000001, (300, [true, false]), a)]'),
  ).toContain('shares[0].inner.part');
});
