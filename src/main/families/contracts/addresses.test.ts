import { expect, test } from 'vitest';
import { addressBook, addressesEnv, addressesTs } from './addresses.ts';

test('an address is listed once, and odd names make good files', () => {
  const book = addressBook([
    { chainId: 1, name: 'UniswapV2Pair', label: null, address: '0xAA' },
    { chainId: 1, name: 'UniswapV2Pair', label: null, address: '0xaa' },
    { chainId: 1, name: 'uniswapV2Pair', label: null, address: '0xBB' },
    { chainId: 1, name: 'My "Odd" Name', label: null, address: '0xCC' },
  ]);
  expect(addressesEnv(book, 'two\nlines')).toBe(
    '# two lines\nCHAIN_ID=1\nUNISWAP_V2_PAIR_ADDRESS=0xAA\nUNISWAP_V2_PAIR_2_ADDRESS=0xBB\nMY_ODD_NAME_ADDRESS=0xCC\n',
  );
  expect(addressesTs(book, 'x')).toContain(`    "My \\"Odd\\" Name": '0xCC',\n`);
  const two = addressBook([
    { chainId: 1, name: 'A', label: null, address: '0x1' },
    { chainId: 2, name: 'A', label: null, address: '0x1' },
  ]);
  expect(addressesEnv(two, 'x')).toBe('# x\nA_1_ADDRESS=0x1\nA_2_ADDRESS=0x1\n');
});

test('contracts of one name go by what the project calls them', () => {
  const book = addressBook([
    { chainId: 1, name: 'Token', label: 'Money#DAI', address: '0xAA' },
    { chainId: 1, name: 'Token', label: 'Money#WETH', address: '0xBB' },
    { chainId: 1, name: 'Token', label: null, address: '0xCC' },
    { chainId: 1, name: 'Sale', label: 'Money#Sale', address: '0xDD' },
  ]);
  expect([...(book.get('1') ?? [])]).toEqual([
    ['Money#DAI', '0xAA'],
    ['Money#WETH', '0xBB'],
    ['Token', '0xCC'],
    ['Sale', '0xDD'],
  ]);
  expect(addressesEnv(book, 'x')).toContain('MONEY_WETH_ADDRESS=0xBB');
  expect(addressesTs(book, 'x')).toContain(`"Money#DAI": '0xAA'`);
});
