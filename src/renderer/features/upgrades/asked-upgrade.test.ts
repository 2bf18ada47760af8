import { expect, test } from 'vitest';
import { askedUpgrade, searchOf } from './asked-upgrade.ts';

test('what is asked of an upgrade comes back out of the address of its page', () => {
  const asked = { to: 'up.Grown', arguments: ['1ether', '', 'a & b=c'], replay: 0 };
  expect(askedUpgrade(new URLSearchParams(searchOf(asked).toString()))).toEqual(asked);
});

test('an address without a new implementation, or with a wrong number, asks nothing', () => {
  expect(askedUpgrade(new URLSearchParams())).toBeNull();
  expect(askedUpgrade(new URLSearchParams('to='))).toBeNull();
  expect(askedUpgrade(new URLSearchParams('to=up.Grown&replay=many'))).toBeNull();
  expect(askedUpgrade(new URLSearchParams('to=up.Grown'))).toMatchObject({ replay: 50 });
});
