import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solve } from './solve.ts';

const WIDTH = 128;
const scaled = (of: (x: bigint) => bigint | null) => ({
  width: WIDTH,
  at: async (xs: readonly bigint[]) => xs.map(of),
});
const least = 10n ** 6n;

test('the stored number is found with which a value comes out, or the values around it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.bigInt({ min: 1n, max: 10n ** 30n }),
      fc.bigInt({ min: 1n, max: 10n ** 30n }),
      fc.bigInt({ min: 0n, max: 2n ** 100n }),
      async (times, by, wanted) => {
        const of = (x: bigint) => (x * times) / by;
        const { x, nearest } = await solve(scaled(of), wanted);
        if (x !== null) {
          expect(of(x)).toBe(wanted);
          return;
        }
        for (const one of nearest) expect(one).not.toBe(wanted);
        const below = (wanted * by) / times;
        for (let near = below > 3n ? below - 3n : 0n; near < below + 3n; near++) {
          if (near < 2n ** BigInt(WIDTH)) expect(of(near)).not.toBe(wanted);
        }
      },
    ),
  );
});

test('what is refused for being too large is gone below of', async () => {
  const of = (x: bigint) => (x > least ? null : x * 2n);
  expect(await solve(scaled(of), 1000n)).toEqual({ x: 500n, nearest: [] });
  expect(await solve(scaled(of), least * 3n)).toEqual({ x: null, nearest: [least * 2n] });
  expect(await solve(scaled(of), 7n)).toEqual({ x: null, nearest: [6n, 8n] });
});
