import {
  type AbiFunction,
  encodeAbiParameters,
  encodeFunctionData,
  encodeFunctionResult,
  parseAbi,
  toFunctionSelector,
} from 'viem';
import { expect, test } from 'vitest';
import { decodeCall, decodeConstructor, decodeResult } from './decode-call.ts';

const abi = parseAbi([
  'constructor(string name)',
  'function deposit(uint256 amount) returns (uint256 shares, bool)',
  'receive() external payable',
  'fallback() external',
]);
const deposit = encodeFunctionData({ abi, functionName: 'deposit', args: [5n] });

const knowing = (...items: string[]) => {
  const functions = parseAbi(items) as readonly AbiFunction[];
  return {
    functions: (selector: string) =>
      functions.filter((item) => toFunctionSelector(item) === selector),
  };
};

test('a function with its arguments and its results', () => {
  const call = decodeCall(deposit, abi);
  expect(call).toMatchObject({
    function: 'deposit(uint256)',
    arguments: [{ name: 'amount', type: 'uint256', value: '5' }],
  });
  const output = encodeFunctionResult({ abi, functionName: 'deposit', result: [7n, true] });
  expect(decodeResult(call?.item as AbiFunction, output)).toEqual([
    { name: 'shares', type: 'uint256', value: '7' },
    { name: '', type: 'bool', value: true },
  ]);
  expect(decodeResult(call?.item as AbiFunction, '0x')).toBeNull();
});

test('calls of no function reach receive and fallback', () => {
  expect(decodeCall('0x', abi)?.function).toBe('receive()');
  expect(decodeCall('0x01020304', abi)?.function).toBe('fallback()');
  expect(decodeCall('0x01', abi)?.function).toBe('fallback()');
  const without = parseAbi(['function open()']);
  expect(decodeCall('0x', without)).toBeNull();
  expect(decodeCall('0x01020304', without)).toBeNull();
});

test('a function whose arguments do not fit is named, whether there is a fallback or not', () => {
  const short = deposit.slice(0, 20);
  const unfit = {
    ...{ function: 'deposit(uint256)', arguments: [] },
    argumentsProblem: 'its arguments do not fit',
  };
  expect(decodeCall(short, abi)).toMatchObject(unfit);
  expect(decodeCall(short, parseAbi(['function deposit(uint256)']))).toMatchObject(unfit);
  expect(decodeCall(deposit, abi)?.argumentsProblem).toBeNull();
  // What only others have is a guess.
  expect(decodeCall(short, null, knowing('function deposit(uint256)'))).toBeNull();
});

test('of known functions with a selector the first that encodes to the same input counts', () => {
  // Two signatures with one selector: the best known collision.
  const names = knowing(
    'function collate_propagate_storage(bytes16 one)',
    'function burn(uint256 amount)',
  );
  const burn = encodeFunctionData({
    abi: parseAbi(['function burn(uint256 amount)']),
    args: [3n],
  });
  expect(burn.slice(0, 10)).toBe('0x42966c68');
  expect(decodeCall(burn, null, names)?.function).toBe('burn(uint256)');
  // The contract's own ABI has the first word, its fallback the last one.
  expect(decodeCall(burn, abi, names)?.function).toBe('burn(uint256)');
  expect(decodeCall(deposit, abi, knowing('function deposit(uint256 other)'))).toMatchObject({
    arguments: [{ name: 'amount' }],
  });
  expect(decodeCall(`${burn}00`, null, names)).toBeNull();
});

test('arguments of a constructor', () => {
  const encoded = encodeAbiParameters([{ type: 'string' }], ['Box']);
  const expected = [{ name: 'name', type: 'string', value: 'Box' }];
  expect(decodeConstructor(abi, encoded)).toEqual(expected);
  expect(decodeConstructor(abi, encoded.slice(2))).toEqual(expected);
  expect(decodeConstructor(abi, '')).toBeNull();
  expect(decodeConstructor(parseAbi(['function open()']), '')).toEqual([]);
});
