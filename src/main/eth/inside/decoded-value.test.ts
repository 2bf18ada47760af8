import { encodeAbiParameters, parseAbiParameters } from 'viem';
import { expect, test } from 'vitest';
import { textOf } from '../../shared/decoded-text.ts';
import { decodeValues } from './decoded-value.ts';

const KEEPER = '0x000000000000000000000000000000000000dEaD';

test('values of every type travel as JSON', () => {
  const parameters = parseAbiParameters([
    'struct Point { int8 x; bool up; }',
    'uint256 amount, address keeper, bytes4 id, string, Point[2] path, int256[][] all',
  ]);
  const data = encodeAbiParameters(parameters, [
    2n ** 255n,
    KEEPER,
    '0x01020304',
    'a, b',
    [
      { x: -1, up: true },
      { x: 2, up: false },
    ],
    [[1n, -2n], []],
  ]);
  const values = decodeValues(parameters, data);
  const point = (x: string, up: boolean) => [
    { name: 'x', type: 'int8', value: x },
    { name: 'up', type: 'bool', value: up },
  ];
  expect(values).toEqual([
    { name: 'amount', type: 'uint256', value: (2n ** 255n).toString() },
    { name: 'keeper', type: 'address', value: KEEPER },
    { name: 'id', type: 'bytes4', value: '0x01020304' },
    { name: '', type: 'string', value: 'a, b' },
    { name: 'path', type: 'tuple[2]', value: [point('-1', true), point('2', false)] },
    { name: 'all', type: 'int256[][]', value: [['1', '-2'], []] },
  ]);
  expect(JSON.parse(JSON.stringify(values))).toEqual(values);
  expect(values?.map(textOf).slice(3)).toEqual([
    'a, b',
    '[(-1, true), (2, false)]',
    '[[1, -2], []]',
  ]);
});

test('a tuple in which a component has no name keeps its order', () => {
  const parameters = parseAbiParameters('(uint8 a, bool, (string s, uint8) inner) all');
  const data = encodeAbiParameters(parameters, [[7, true, ['x', 1]]]);
  expect(decodeValues(parameters, data)?.map(textOf)).toEqual(['(7, true, (x, 1))']);
});

test('strings that stand among others are quoted where they would not be read as one', () => {
  const texts = ['plain words', 'a, b', '', ' edge', 'a "word"', '(x)', 'two\nlines'];
  const value = { type: 'string[]', value: texts };
  expect(textOf(value)).toBe(
    String.raw`[plain words, "a, b", "", " edge", "a \"word\"", "(x)", "two\nlines"]`,
  );
});

test('data that does not fit, and more data than there should be', () => {
  const parameters = parseAbiParameters('uint256, bytes');
  const data = encodeAbiParameters(parameters, [1n, '0x02']);
  expect(decodeValues(parameters, data.slice(0, -64) as `0x${string}`)).toBeNull();
  expect(decodeValues(parameters, '0x')).toBeNull();
  expect(decodeValues(parameters, `${data}00`)).toHaveLength(2);
  expect(decodeValues(parameters, `${data}00`, { exact: true })).toBeNull();
  expect(decodeValues(parameters, data, { exact: true })).toHaveLength(2);
  expect(decodeValues([], '0x01', { exact: true })).toBeNull();
  expect(decodeValues([], '0x01')).toEqual([]);
});
