import { describe, expect, it } from 'vitest';
import {
  ago,
  bytes,
  calendar,
  count,
  drift,
  duration,
  ether,
  gwei,
  plural,
  shortHex,
} from './format.ts';

const separator = (1000).toLocaleString().replace(/\d/g, '');
const point = (1.5).toLocaleString().replace(/\d/g, '');

describe('amounts', () => {
  it('cuts a balance off instead of rounding it up', () => {
    expect(ether('9999997421000000000000')).toBe(`9${separator}999${point}99`);
    expect(ether('10000000000000000000000')).toBe(`10${separator}000`);
    expect(ether('1500000000000000000')).toBe(`1${point}5`);
  });

  it('never shows nothing for something', () => {
    expect(ether('0')).toBe('0');
    expect(ether('1')).toBe(`< 0${point}01`);
    expect(gwei('0')).toBe('0 gwei');
    expect(gwei('7')).toBe('7 wei');
    expect(gwei('870000000')).toBe(`0${point}87 gwei`);
  });

  it('keeps every digit of numbers that are too large for a double', () => {
    expect(count('123456789012345678901')).toBe(
      ['123', '456', '789', '012', '345', '678', '901'].join(separator),
    );
    expect(count(null)).toBe('—');
  });
});

describe('times', () => {
  it('gives a duration in the unit one thinks in', () => {
    expect([12, 99.4, 917, 9990, 12_340, 125_000, 3_720_000].map(duration)).toEqual([
      '12 ms',
      '99 ms',
      '0.92 s',
      '9.99 s',
      '12.3 s',
      '2 m 05 s',
      '1 h 02 m',
    ]);
  });

  it('never writes 60 seconds or 60 minutes', () => {
    for (let ms = 59_000; ms < 61_000; ms += 7) expect(duration(ms)).not.toMatch(/\b60/);
    for (let ms = 3_595_000; ms < 3_605_000; ms += 131) expect(duration(ms)).not.toMatch(/\b60/);
  });

  it('shows how far a chain is ahead', () => {
    expect([0, 5, 77, 7200, 187_860, -7200].map(drift)).toEqual([
      'in step',
      'in step',
      '+77 s',
      '+02:00',
      '+2 d 04:11',
      '−02:00',
    ]);
  });

  it('tells how long ago, and the day when that is clearer', () => {
    const now = new Date(2026, 4, 20, 12, 0, 0).getTime();
    expect(ago(now, now)).toBe('just now');
    expect(ago(now - 4200, now)).toBe('4 s ago');
    expect(ago(now - 300_000, now)).toBe('5 min ago');
    expect(ago(now - 7_200_000, now)).toBe('2 h ago');
    expect(calendar(now - 3_600_000, now)).toMatch(/^Today /);
    expect(calendar(now - 86_400_000, now)).toMatch(/^Yesterday /);
    expect(ago(now - 86_400_000 * 5, now)).not.toMatch(/ago/);
  });
});

it('shortens addresses and leaves short values alone', () => {
  expect(shortHex('0x5FbDB2315678afecb367f032d93F642f64180aa3')).toBe('0x5FbD…0aa3');
  expect(shortHex('0x1234')).toBe('0x1234');
});

it('counts in words', () => {
  expect([plural(1, 'contract'), plural(0, 'contract')]).toEqual(['1 contract', '0 contracts']);
  expect([bytes(512), bytes(18_874_368), bytes(412 * 1024 * 1024)]).toEqual([
    '512 B',
    '18.0 MiB',
    '412 MiB',
  ]);
});
