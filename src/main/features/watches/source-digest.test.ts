import { expect, test } from 'vitest';
import { sourceDigest } from './source-digest.ts';

const SOURCE = 'contract A { string s = "a  //b"; function f() external {} }';

test('comments and white space of a source change nothing', () => {
  const before = sourceDigest('src/A.sol', SOURCE);
  expect(sourceDigest('src/A.sol', `// a comment\n${SOURCE.replaceAll('{ ', '{\n  ')}\n`)).toBe(
    before,
  );
  expect(sourceDigest('src/A.sol', SOURCE.replace('{}', '{ /* nothing */ }'))).toBe(before);
});

test('every word counts, also what a string holds', () => {
  const before = sourceDigest('src/A.sol', SOURCE);
  for (const [from, to] of [
    ['external', 'public'],
    ['a  //b', 'a //b'],
    ['a  //b', 'a  //c'],
  ] as const) {
    expect(sourceDigest('src/A.sol', SOURCE.replace(from, to))).not.toBe(before);
  }
});

test('words that grow together, or apart, are other words', () => {
  expect(sourceDigest('A.sol', 'uint a; uint b;')).not.toBe(
    sourceDigest('A.sol', 'uint a; uintb;'),
  );
});

test('of other files every character counts', () => {
  expect(sourceDigest('foundry.toml', 'a = 1')).not.toBe(sourceDigest('foundry.toml', 'a = 1 '));
});
