import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '#main/features/deployments/contract.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { longestSeconds, parseSpan, spanText } from './time-span.ts';

describe('a time limit as text', () => {
  it('reads back every limit that can be set as it writes it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: longestSeconds }), (seconds) => {
        expect(parseSpan(spanText(seconds))).toBe(seconds);
      }),
      { seed, numRuns: rounds(100, 50_000) },
    );
  });

  it.each([
    ['90', 90],
    ['90s', 90],
    [' 15 min ', 900],
    ['15 Minutes', 900],
    ['1h30m', 5400],
    ['1 hour 1 second', 3601],
    ['24 h', 86_400],
  ])('takes %j', (text, seconds) => expect(parseSpan(text)).toBe(seconds));

  it.each(['', '0', '0 min', '-5', '1.5 h', 'ten', '15 minx', '24 h 1 s', '86401', '5 d', 'h'])(
    'refuses %j',
    (text) => expect(parseSpan(text)).toBeNull(),
  );

  it('goes as far as the core does', () => {
    const all = (run: number) => ({ run, compile: 1, simulate: 1, broadcast: 1 });
    expect(limits.safeParse(all(longestSeconds)).success).toBe(true);
    expect(limits.safeParse(all(longestSeconds + 1)).success).toBe(false);
  });
});
