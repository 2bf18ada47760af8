import { encodeErrorResult, parseAbi, toHex } from 'viem';
import { expect, test } from 'vitest';
import type { AbiError } from './abi-index.ts';
import { decodeError } from './decode-error.ts';

const abi = parseAbi([
  'error Error(string reason)',
  'error Panic(uint256 code)',
  'error Insufficient(address who, uint256[] needed)',
  'error Wrapped(address target, bytes reason)',
]);
const WHO = '0x000000000000000000000000000000000000dEaD';
const encode = (errorName: string, ...args: unknown[]) =>
  encodeErrorResult({ abi, errorName, args } as never);
const insufficient = encode('Insufficient', WHO, [1n, 2n]);

test('require with a reason', () => {
  const error = decodeError(encode('Error', 'not the owner'), null, null, 'execution reverted');
  expect(error).toMatchObject({
    text: 'not the owner',
    signature: 'Error(string)',
    arguments: [{ name: 'reason', type: 'string', value: 'not the owner' }],
  });
});

test.each([
  [0x01n, 'assertion failed (0x01)'],
  [0x11n, 'arithmetic overflow or underflow (0x11)'],
  [0x12n, 'division or modulo by zero (0x12)'],
  [0x32n, 'array index out of bounds (0x32)'],
  [0x99n, 'panic (0x99)'],
  [2n ** 255n, `panic (0x8${'0'.repeat(63)})`],
])('panic %s', (code, text) => {
  expect(decodeError(encode('Panic', code))).toMatchObject({ text, name: 'Panic' });
});

test("custom errors of the contract's own ABI, then of any", () => {
  const expected = {
    text: `Insufficient(${WHO}, [1, 2])`,
    name: 'Insufficient',
    signature: 'Insufficient(address,uint256[])',
  };
  expect(decodeError(insufficient, abi)).toMatchObject(expected);
  const names = { errors: () => abi.filter((item) => item.type === 'error') as AbiError[] };
  expect(decodeError(insufficient, null, names)).toMatchObject(expected);
  expect(decodeError(insufficient, parseAbi(['error Other()']))).toMatchObject({
    name: null,
    text: `reverted with ${insufficient.slice(0, 74)}…`,
  });
});

test('an error that holds what failed inside, and that again', () => {
  const once = encode('Wrapped', WHO, insufficient);
  const twice = decodeError(encode('Wrapped', WHO, once), abi);
  expect(twice.cause?.name).toBe('Wrapped');
  expect(twice.cause?.cause).toMatchObject({ name: 'Insufficient', cause: null });
});

test('endless nesting is followed only so far', () => {
  let data = insufficient;
  for (let i = 0; i < 30; i++) data = encode('Wrapped', WHO, data);
  let depth = 0;
  for (let error = decodeError(data, abi).cause; error; error = error.cause) depth++;
  expect(depth).toBe(8);
});

test.each([
  ['0x', 'execution reverted', 'reverted without a reason'],
  ['', null, 'reverted without a reason'],
  ['0x', 'out of gas', 'out of gas'],
  ['0x', 'OutOfGas', 'out of gas'],
  ['0x', 'EVM error ReentrancySentryOOG', 'out of gas'],
  ['0x', 'stack underflow (0 <=> 1)', 'stack underflow (0 <=> 1)'],
  ['0x', 'invalid opcode: INVALID', /^invalid opcode/],
  [toHex('not the owner'), 'execution reverted', 'reverted with “not the owner”'],
  ['0x01', 'execution reverted', 'reverted with 0x01'],
])('%s of a call that ended with %s', (output, ended, text) => {
  expect(decodeError(output, abi, null, ended).text).toMatch(text);
});

test('what it says stays in one line, and its arguments as they are', () => {
  const reason = '\u001b[31mno\u001b[0m\r\nIt would succeed.\u2028\u202e';
  expect(decodeError(encode('Error', reason))).toMatchObject({
    text: '\\u001b[31mno\\u001b[0m\\r\\nIt would succeed.\\u2028\\u202e',
    arguments: [{ value: reason }],
  });
});
