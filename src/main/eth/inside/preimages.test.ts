import { keccak256 } from 'viem';
import { expect, test } from 'vitest';
import { preimagesOf } from './preimages.ts';

const words = ['11'.repeat(32), `0x${'22'.repeat(32)}`, '33'.repeat(32)];
const step = (offset: number, size: number, op = 'KECCAK256') => ({
  ...{ op, stack: ['0x1', `0x${size.toString(16)}`, `0x${offset.toString(16)}`], memory: words },
});

test('what was hashed, wherever it lies in memory', async () => {
  const found = await preimagesOf([step(32, 64), step(31, 33, 'SHA3'), step(0, 64, 'MLOAD')]);
  const inputs = [`0x${'22'.repeat(32)}${'33'.repeat(32)}`, `0x11${'22'.repeat(32)}`] as const;
  expect([...found]).toEqual(inputs.map((input) => [keccak256(input), input]));
});

test('what is too short, too long or not in memory is of no variable', async () => {
  expect(await preimagesOf([step(0, 31), step(0, 4096), step(64, 64), { op: 'SHA3' }])).toEqual(
    new Map(),
  );
});
