import { type AbiFunction, parseAbi } from 'viem';
import { expect, test } from 'vitest';
import { signatureOf } from './abi-index.ts';
import { chooseFunction } from './choose-function.ts';

const abi = parseAbi([
  'function fee() view returns (uint256)',
  'function get(uint256 id) view returns (uint256)',
  'function get(address owner) view returns (uint256)',
  'function get(uint256 id, bool deep) view returns (uint256)',
  'struct Order { address to; uint256[] ids; }',
  'function place(Order[] orders, bytes4 kind) payable',
]);

const chosen = (asked: string, count = 0) => {
  const found = chooseFunction(abi, asked, count);
  return 'item' in found
    ? signatureOf(found.item)
    : found.candidates.map((item: AbiFunction) => signatureOf(item));
};

test('a function is found by its name, and among those of one name by its arguments', () => {
  expect(chosen('fee')).toBe('fee()');
  expect(chosen('fee', 3)).toBe('fee()');
  expect(chosen('get', 2)).toBe('get(uint256,bool)');
  expect(chosen('get', 1)).toEqual(['get(uint256)', 'get(address)']);
  expect(chosen('get', 5)).toHaveLength(3);
  expect(chosen('Fee')).toEqual([]);
});

test('a signature names one, however it is written', () => {
  expect(chosen('get(address)', 1)).toBe('get(address)');
  expect(chosen(' get( address owner ) ', 1)).toBe('get(address)');
  expect(chosen('function get(uint id, bool deep)', 2)).toBe('get(uint256,bool)');
  expect(chosen('place((address,uint256[])[],bytes4)', 2)).toBe(
    'place((address,uint256[])[],bytes4)',
  );
  expect(chosen('get(bytes32)', 1)).toHaveLength(3);
  expect(chosen('get(', 1)).toEqual([]);
  expect(chosen(`f(${'('.repeat(5000)}`, 1)).toEqual([]);
});

test('what a signature says that comes back is taken for that', () => {
  const outputs = (asked: string) => chooseFunction(abi, asked, 0);
  expect(outputs('fee()(uint8,bool)')).toMatchObject({
    item: { name: 'fee', outputs: [{ type: 'uint8' }, { type: 'bool' }] },
  });
  expect(outputs('fee() returns (int256)')).toMatchObject({
    item: { outputs: [{ type: 'int256' }] },
  });
  expect(outputs('fee()(uint)')).toEqual({ item: abi[0] });
  expect(outputs('fee()')).toEqual({ item: abi[0] });
});

test('one that no ABI has can be given with what it returns', () => {
  for (const asked of ['supply(address)(uint256)', 'supply(address) view returns (uint256)']) {
    const found = chooseFunction([], asked, 1);
    expect(found).toMatchObject({
      item: { name: 'supply', inputs: [{ type: 'address' }], outputs: [{ type: 'uint256' }] },
    });
  }
  expect(chooseFunction([], 'supply(address)', 1)).toEqual({ candidates: [] });
});
