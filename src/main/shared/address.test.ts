import { expect, test } from 'vitest';
import { accountOrAddress, address } from './address.ts';
import { addressProblem } from './address-problem.ts';

// From EIP-55 itself.
const RIGHT = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const WRONG = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed';

test('an address is taken with its checksum, in lower and in upper case', () => {
  for (const text of [RIGHT, RIGHT.toLowerCase(), `0x${RIGHT.slice(2).toUpperCase()}`]) {
    expect(address.safeParse(text).success).toBe(true);
    expect(accountOrAddress.safeParse(text).success).toBe(true);
  }
  expect(accountOrAddress.safeParse('3').success).toBe(true);
});

test('a wrong checksum is refused with the right one', () => {
  expect(addressProblem(WRONG)).toContain(`give ${RIGHT}`);
  for (const schema of [address, accountOrAddress]) {
    expect(schema.safeParse(WRONG).error?.issues[0]?.message).toContain(`give ${RIGHT}`);
  }
  expect(address.safeParse('0x12').error?.issues).toHaveLength(1);
});
