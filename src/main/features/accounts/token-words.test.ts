import { encodeAbiParameters, type Hex, stringToHex } from 'viem';
import { expect, test } from 'vitest';
import { symbolIn } from './token-words.ts';

const string = (text: string): Hex => encodeAbiParameters([{ type: 'string' }], [text]);

test('a symbol is a string or 32 bytes', () => {
  expect(symbolIn(string('TKN'))).toBe('TKN');
  expect(symbolIn(stringToHex('MKR', { size: 32 }))).toBe('MKR');
});

test('a symbol can neither break nor turn a line', () => {
  expect(symbolIn(string('A\n\u202eB\0C'))).toBe('ABC');
  expect(symbolIn(string('x'.repeat(5000)))).toHaveLength(24);
});

test('what is no text is no symbol', () => {
  for (const output of [null, '0x', '0x12', string(''), `0x${'f'.repeat(128)}`] as const) {
    expect(symbolIn(output)).toBeNull();
  }
  expect(symbolIn(`0x${'0'.repeat(62)}20${'f'.repeat(64)}`)).toBeNull();
});
