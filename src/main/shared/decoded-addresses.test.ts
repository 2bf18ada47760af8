import { expect, test } from 'vitest';
import { addressesOf } from './decoded-addresses.ts';

test('addresses are found in lists and tuples of any depth, and never in other types', () => {
  const values = [
    { name: 'to', type: 'address', value: '0xa' },
    { name: 'id', type: 'uint256', value: '0xb' },
    { name: 'all', type: 'address[2][]', value: [['0xc'], ['0xd']] },
    {
      ...{ name: 'spots', type: 'tuple[]' },
      value: [[{ name: 'who', type: 'address', value: '0xe' }]],
    },
    { name: 'gone', type: 'address[]', value: '0xf', hashed: true as const },
  ];
  expect([...addressesOf(values)]).toEqual(['0xa', '0xc', '0xd', '0xe']);
});
