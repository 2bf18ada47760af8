import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Asked, differenceFrom, type Terms } from './terms.ts';

const TERMS: Terms = {
  chainId: 5150,
  maxFeePerGas: '0x77359400',
  transactions: [
    { nonce: 7, to: null, value: '0x0', data: '0x6080604052', gas: '0x30000' },
    { nonce: 8, to: `0x${'ab'.repeat(20)}`, value: '0x5', data: '0x60fe47b10002', gas: '0x9000' },
  ],
};

const REVIEWED: Asked[] = TERMS.transactions.map((one) => ({ ...one, maxFeePerGas: '0x1' }));

test('what was reviewed may be signed, in any case and with less gas or a lower fee', () => {
  for (const one of REVIEWED) {
    expect(differenceFrom(TERMS, one)).toBeNull();
    expect(
      differenceFrom(TERMS, { ...one, data: one.data.toUpperCase().replace('X', 'x') }),
    ).toBeNull();
    expect(differenceFrom(TERMS, { ...one, gas: '0x5208', maxFeePerGas: '0x77359400' })).toBeNull();
  }
});

/** One digit of some hex, changed. */
const flipped = (hex: string, at: number, by: number): string => {
  const place = 2 + (at % (hex.length - 2));
  const digit = (Number.parseInt(hex[place] ?? '0', 16) + by) % 16;
  return `${hex.slice(0, place)}${digit.toString(16)}${hex.slice(place + 1)}`;
};

const change = fc.oneof(
  fc.record({ what: fc.constant('data'), at: fc.nat(), by: fc.integer({ min: 1, max: 15 }) }),
  fc.record({ what: fc.constant('longer'), at: fc.nat(255), by: fc.constant(0) }),
  fc.record({
    what: fc.constant('shorter'),
    at: fc.integer({ min: 1, max: 4 }),
    by: fc.constant(0),
  }),
  fc.record({ what: fc.constant('to'), at: fc.nat(39), by: fc.integer({ min: 1, max: 15 }) }),
  fc.record({ what: fc.constant('value'), at: fc.nat(1_000_000), by: fc.constant(1) }),
  fc.record({
    what: fc.constant('nonce'),
    at: fc.integer({ min: -7, max: 1000 }),
    by: fc.constant(2),
  }),
  fc.record({ what: fc.constant('gas'), at: fc.nat(1_000_000), by: fc.constant(1) }),
  fc.record({ what: fc.constant('fee'), at: fc.nat(1_000_000), by: fc.constant(1) }),
);

function changed(one: Asked, { what, at, by }: { what: string; at: number; by: number }): Asked {
  const more = (hex: string) => `0x${(BigInt(hex) + BigInt(at) + 1n).toString(16)}`;
  switch (what) {
    case 'data':
      return { ...one, data: flipped(one.data, at, by) };
    case 'longer':
      return { ...one, data: `${one.data}${at.toString(16).padStart(2, '0')}` };
    case 'shorter':
      return { ...one, data: one.data.slice(0, -at) };
    case 'to':
      return { ...one, to: one.to === null ? `0x${'0'.repeat(40)}` : flipped(one.to, at, by) };
    case 'value':
      return { ...one, value: more(one.value) };
    case 'nonce':
      return { ...one, nonce: at >= 0 ? one.nonce + at + by : one.nonce + at };
    case 'gas':
      return {
        ...one,
        gas: more(TERMS.transactions.find((t) => t.nonce === one.nonce)?.gas ?? '0x0'),
      };
    default:
      return { ...one, maxFeePerGas: more(TERMS.maxFeePerGas) };
  }
}

test('whatever is changed between the review and the signature is refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...REVIEWED), change, (one, how) => {
      const asked = changed(one, how);
      const isOther = TERMS.transactions.some(
        (reviewed) =>
          reviewed.nonce === asked.nonce &&
          reviewed.data === asked.data &&
          reviewed.to === asked.to,
      );
      // Another reviewed one under its own nonce is no change.
      if (how.what === 'nonce' && isOther) return;
      expect(differenceFrom(TERMS, asked), JSON.stringify(asked)).not.toBeNull();
    }),
    { numRuns: 500 },
  );
});
