import { expect, test } from 'vitest';
import { tokenAmount } from './token-amount.ts';

test('an amount is cut after four decimals, and never looks like more', () => {
  expect(tokenAmount('0', 18)).toBe('0');
  expect(tokenAmount('1999999', 6)).toBe('1.9999');
  expect(tokenAmount(`${10n ** 22n}`, 18)).toBe('10,000');
  expect(tokenAmount('1500000', 6)).toBe('1.5');
  expect(tokenAmount('7', 0)).toBe('7');
});

test('the least that there is is not shown as nothing', () => {
  expect(tokenAmount('1', 18)).toBe('< 0.0001');
});
