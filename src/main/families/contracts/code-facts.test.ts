import { expect, test } from 'vitest';
import { codeFacts } from './code-facts.ts';
import { compilersOf } from './compilers.ts';

test('code tells its compiler, and what it is without its metadata', () => {
  const metadata = 'a164736f6c6343000819000a';
  const facts = codeFacts(`0x60016001${metadata}`);
  expect(facts).toMatchObject({ compiler: 'solc 0.8.25', bytes: 16 });
  expect(facts.bareHash).toBe(codeFacts('0x60016001').hash);
  expect(codeFacts('0x60016001')).toMatchObject({ compiler: null, bytes: 4 });
  expect(codeFacts('0x00').bareHash).toBe(codeFacts('0x00').hash);
});

test('compilers are read off a log', () => {
  expect(
    compilersOf([
      'Compiling 4 files with Solc 0.8.30',
      'Compiling 1 files with Solc 0.5.16',
      'Solc 0.8.30 finished in 917.22ms',
    ]),
  ).toEqual(['solc 0.5.16', 'solc 0.8.30']);
});
