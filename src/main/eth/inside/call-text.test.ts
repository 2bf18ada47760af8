import { encodeAbiParameters, encodeFunctionData, parseAbi } from 'viem';
import { expect, test } from 'vitest';
import { callText, constructorTexts } from './call-text.ts';

const abi = parseAbi([
  'constructor(string name, uint256[] amounts)',
  'struct Point { int8 x; int8 y; }',
  'function move(Point to, (bool up, Point[2] path)[] steps)',
  'function open()',
  'function open(address keeper, bytes data)',
]);
const KEEPER = '0x000000000000000000000000000000000000dEaD';

test('a call is named with its types, and its arguments are as a person types them', () => {
  const data = encodeFunctionData({ abi, functionName: 'open', args: [KEEPER, '0x0102'] });
  expect(callText(abi, data)).toEqual({
    function: 'open(address,bytes)',
    arguments: [KEEPER, '0x0102'],
  });
  expect(callText(abi, data.toUpperCase().replace('0X', '0x'))).toEqual(callText(abi, data));
  const open = encodeFunctionData({ abi, functionName: 'open' });
  expect(callText(abi, open)).toEqual({ function: 'open()', arguments: [] });
});

test('lists and tuples, within one another', () => {
  const point = (x: number, y: number) => ({ x, y });
  const steps = [{ up: true, path: [point(1, 2), point(-3, 4)] as const }] as const;
  const data = encodeFunctionData({ abi, functionName: 'move', args: [point(5, -6), steps] });
  expect(callText(abi, data)?.arguments).toEqual(['(5, -6)', '[(true, [(1, 2), (-3, 4)])]']);
});

test('tuples without names are told by their order', () => {
  const unnamed = parseAbi(['function set((uint8, bool) both)']);
  const data = encodeFunctionData({ abi: unnamed, functionName: 'set', args: [[7, true]] });
  expect(callText(unnamed, data)?.arguments).toEqual(['(7, true)']);
});

test.each(['0x', '0x12345678'])('%s is no call that is known', (data) => {
  expect(callText(abi, data)).toBeNull();
});

test('data that does not fit says which function, and no arguments', () => {
  const data = encodeFunctionData({ abi, functionName: 'open', args: [KEEPER, '0x0102'] });
  expect(callText(abi, data.slice(0, 30))).toEqual({
    function: 'open(address,bytes)',
    arguments: [],
  });
});

test('arguments of a constructor', () => {
  const inputs = [{ type: 'string' }, { type: 'uint256[]' }];
  const encoded = encodeAbiParameters(inputs, ['Box', [1n, 2n]]).slice(2);
  expect(constructorTexts(abi, encoded)).toEqual(['Box', '[1, 2]']);
  expect(constructorTexts(abi, encoded.slice(0, 40))).toEqual([]);
  expect(constructorTexts(abi, '')).toEqual([]);
  expect(constructorTexts(parseAbi(['function open()']), encoded)).toEqual([]);
});
