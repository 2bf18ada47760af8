import { expect, test } from 'vitest';
import { readAbi } from './read-abi.ts';

test('omits what no compiler could have named so', () => {
  const view = { type: 'function', inputs: [], outputs: [], stateMutability: 'view' };
  const names = ['fee', '_$fee2', 'fee\nrc=0', '\u001b[31mfee', "f', x: process.exit() //", ''];
  expect(readAbi(names.map((name) => ({ ...view, name })))).toMatchObject([
    { name: 'fee' },
    { name: '_$fee2' },
  ]);
  const inputs = [
    { name: 'a\nb', type: 'uint256' },
    { type: 'Book.Page storage', name: 'page' },
  ];
  expect(readAbi([{ ...view, name: 'read', inputs }])).toMatchObject([
    { inputs: [{ name: '' }, { name: 'page', type: 'Book.Page storage' }] },
  ]);
  expect(readAbi([{ ...view, name: 'read', inputs: [{ type: 'uint\n8' }] }])).toEqual([]);
});
