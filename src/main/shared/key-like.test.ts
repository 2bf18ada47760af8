import { expect, test } from 'vitest';
import { keysIn } from './key-like.ts';

const KEY = 'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
const PHRASE = 'test test test test test test test test test test test junk';

test.each([
  [`0x${KEY}`, 'key'],
  [KEY.toUpperCase(), 'key'],
  [`[1,0x${KEY}]`, 'key'],
  [`("a",(0x${KEY},true))`, 'key'],
  [BigInt(`0x${KEY}`).toString(), 'key'],
  [`0x${'ab'.repeat(32)}`, 'key'],
  [PHRASE, 'phrase'],
  [`"${PHRASE}"`, 'phrase'],
  [PHRASE.toUpperCase(), 'phrase'],
  [PHRASE.replaceAll(' ', ', '), 'phrase'],
  [`${PHRASE} `.repeat(2).trim(), 'phrase'],
])('%s looks like a secret', (text, what) => {
  expect(keysIn(text)[0]?.what).toBe(what);
});

test.each([
  `0x${'00'.repeat(31)}01`,
  `0x${'00'.repeat(12)}f39Fd6e51aad88F6F4ce6aB8827279cffFb92266`,
  `0x${Buffer.from('a name').toString('hex').padEnd(64, '0')}`,
  `0x${'11'.repeat(32)}`,
  `0x${'ff'.repeat(32)}`,
  (2n ** 255n - 1n).toString(),
  (2n ** 256n - 1n).toString(),
  `0x${KEY}${KEY}`,
  `0x${KEY.slice(2)}`,
  '1000000000000000000000000000ether',
  'A sentence that is written with capital letters and full stops. It says a thing or two.',
])('%s does not', (text) => {
  expect(keysIn(text)).toEqual([]);
});
