import { encodeAbiParameters, keccak256 } from 'viem';
import { expect, test } from 'vitest';
import { namespaceSlot, type StorageLayout } from './storage-layout.ts';
import { StorageNames } from './storage-names.ts';

const layout: StorageLayout = {
  storage: [
    { label: 'a', slot: '0', offset: 0, type: 't_uint64' },
    { label: 'b', slot: '0', offset: 8, type: 't_uint64' },
    { label: 'gone', slot: '1', offset: 0, type: 't_missing' },
    { label: 'huge', slot: '2', offset: 0, type: 't_huge' },
  ],
  types: {
    t_uint64: { encoding: 'inplace', label: 'uint64', numberOfBytes: '8' },
    t_huge: {
      ...{ encoding: 'inplace', label: 'uint64[1208925819614629174706176]', base: 't_uint64' },
      numberOfBytes: (2n ** 80n * 8n).toString(),
    },
  },
  namespaces: {
    'erc7201:example.main': [{ label: 'c', slot: '1', offset: 0, type: 't_uint64' }],
  },
};
const namesAt = (names: StorageNames, slot: bigint) => names.partsAt(slot).map(({ name }) => name);

test('values that share a slot, and a list that is too long to be looked through', async () => {
  const names = await StorageNames.of(layout, new Map());
  expect(namesAt(names, 0n)).toEqual(['a', 'b']);
  expect(namesAt(names, 1n)).toEqual([]);
  expect(namesAt(names, 2n + 2n ** 70n)).toEqual(
    [0n, 1n, 2n, 3n].map((i) => `huge[${2n ** 72n + i}]`),
  );
  expect(namesAt(names, 2n ** 200n)).toEqual([]);
});

test('namespaces of the layout, and those that are well known', async () => {
  // The example of the standard.
  expect(namespaceSlot('erc7201:example.main')).toBe(
    0x183a6125c38840424c4a85fa12bab2ab606c4b6d0e7cc73c0c06ba5300eab500n,
  );
  const names = await StorageNames.of(layout, new Map());
  expect(namesAt(names, namespaceSlot('example.main') + 1n)).toEqual(['main.c']);
  expect(namesAt(names, namespaceSlot('openzeppelin.storage.Initializable'))).toEqual([
    'Initializable._initialized',
    'Initializable._initializing',
  ]);
  const logic = 0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbcn;
  expect(namesAt(await StorageNames.of(null, new Map()), logic)).toEqual(['implementation']);
});

test('keys of nested mappings, in whatever order they were hashed', async () => {
  const who = '0x000000000000000000000000000000000000dEaD';
  const base = namespaceSlot('openzeppelin.storage.ERC20') + 1n;
  const key = (slot: bigint) =>
    encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [who, slot]);
  const outer = key(base);
  const inner = key(BigInt(keccak256(outer)));
  const preimages = new Map([
    [keccak256(inner), inner],
    [keccak256('0x1234'), `0x${'12'.repeat(40)}`],
    [keccak256(outer), outer],
  ]);
  const names = await StorageNames.of(null, preimages);
  expect(namesAt(names, BigInt(keccak256(inner)))).toEqual([`ERC20._allowances[${who}][${who}]`]);
});

test('likely keys of mappings whose hash the compiler knew', async () => {
  const base = namespaceSlot('openzeppelin.storage.AccessControl');
  const pair = [{ type: 'uint256' }, { type: 'uint256' }] as const;
  const slot = BigInt(keccak256(encodeAbiParameters(pair, [0n, base])));
  const names = await StorageNames.of(null, new Map());
  expect(namesAt(names, slot + 1n)).toEqual([]);
  await names.tryLikelyKeys();
  expect(namesAt(names, slot + 1n)).toEqual([
    `AccessControl._roles[0x${'0'.repeat(64)}].adminRole`,
  ]);
});

test('a struct that holds itself ends', async () => {
  const item = { label: 'a', slot: '0', offset: 0, type: 't_self' };
  const self = { encoding: 'inplace', label: 'struct Self', numberOfBytes: '32', members: [item] };
  const names = await StorageNames.of({ storage: [item], types: { t_self: self } }, new Map());
  expect(namesAt(names, 0n)).toEqual([]);
});
