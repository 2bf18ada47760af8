import { describe, expect, it } from 'vitest';
import { abiValueOf } from './abi-value.ts';

const OWNER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

describe('a value of an ABI type', () => {
  it.each([
    ['uint256', '12', 12n],
    ['uint', '0x1f', 31n],
    ['int8', '-128', -128n],
    ['uint256', '1.5ether', 1_500_000_000_000_000_000n],
    ['uint256', '20 gwei', 20_000_000_000n],
    ['uint256', '1.5E18', 1_500_000_000_000_000_000n],
    ['bool', ' True ', true],
    ['address', OWNER.toLowerCase(), OWNER.toLowerCase()],
    ['address', OWNER.slice(2), OWNER],
    ['address', `0x${OWNER.slice(2).toUpperCase()}`, OWNER],
    ['bytes', '0x', '0x'],
    ['bytes4', '12345678', '0x12345678'],
    ['function', `${OWNER}12345678`, `${OWNER}12345678`],
  ])('%s is read from %s', (type, text, value) => {
    expect(abiValueOf(type, text)).toEqual({ value });
  });

  it.each([
    ['uint8', '256', 'a uint8 (a whole number from 0 to 2^8-1)'],
    ['uint256', '-1', 'a uint256 (a whole number from 0 to 2^256-1)'],
    ['int8', '128', 'an int8 (a whole number from -2^7 to 2^7-1)'],
    ['uint256', '0.5', 'a uint256 (a whole number from 0 to 2^256-1)'],
    ['bool', '1', 'true or false'],
    ['address', '0x1234', 'an address (0x and 40 hex digits)'],
    [
      'address',
      OWNER.replace('f39F', 'F39f'),
      `an address with the right checksum (${OWNER}, if that is meant)`,
    ],
    ['bytes', '0x123', 'bytes (0x and an even number of hex digits)'],
    ['bytes4', '0x1234', 'a bytes4 (0x and 8 hex digits)'],
    [
      'function',
      OWNER,
      'a function (0x and 48 hex digits: the address of a contract, then a selector)',
    ],
  ])('%s is not read from %s, and what is expected is said', (type, text, expected) => {
    expect(abiValueOf(type, text)).toEqual({ expected });
  });

  it.each(['string', 'uint256[]', '(address,bool)', 'function[]'])('leaves %s alone', (type) => {
    expect(abiValueOf(type, 'x')).toBeNull();
  });
});
