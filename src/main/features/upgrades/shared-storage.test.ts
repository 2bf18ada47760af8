import { expect, test } from 'vitest';
import type { CompilerStorageLayout } from '../../eth/artifact.ts';
import { checkShared, type Sharing } from './shared-storage.ts';

const TYPES: CompilerStorageLayout['types'] = {
  t_uint: { encoding: 'inplace', label: 'uint256', numberOfBytes: '32' },
  t_half: { encoding: 'inplace', label: 'uint128', numberOfBytes: '16' },
  t_address: { encoding: 'inplace', label: 'address', numberOfBytes: '20' },
  t_token: { encoding: 'inplace', label: 'contract Token', numberOfBytes: '20' },
  t_shares: {
    ...{ encoding: 'mapping', label: 'mapping(address => uint256)', numberOfBytes: '32' },
    ...{ key: 't_address', value: 't_uint' },
  },
};
const item = (label: string, type: string, slot = 0, offset = 0) => ({
  ...{ label, type, slot: String(slot), offset, contract: 'C' },
});

/** `members` as one struct at slot 0, as facets keep their common variables. */
function struct(
  contract: string,
  members: ReturnType<typeof item>[],
  bytes: number,
): Pick<CompilerStorageLayout, 'storage' | 'types'> {
  const label = `struct ${contract}.App`;
  const app = { encoding: 'inplace', label, numberOfBytes: String(bytes), members };
  return { storage: [item('s', 't_app')], types: { ...TYPES, t_app: app } };
}

const facet = (
  name: string,
  { storage, types = TYPES }: { storage: CompilerStorageLayout['storage']; types?: typeof TYPES },
  namespaces: Sharing['stored']['namespaces'] = {},
): Sharing => ({ name, stored: { layout: { storage, types }, namespaces } });

const both = [item('total', 't_uint'), item('owner', 't_address', 1)];
const messages = (...asked: Parameters<typeof checkShared>) =>
  checkShared(...asked).map(({ level, message }) => `${level}: ${message}`);

test.each([
  ['the same', both],
  ['fewer', both.slice(0, 1)],
  ['none', []],
  ['one more at the end', [...both, item('shares', 't_shares', 2)]],
  ['a contract where an address was', [both[0], item('owner', 't_token', 1)] as typeof both],
])('facets with %s of the variables share a storage', (_, storage) => {
  const [one, other] = [facet('A', { storage: both }), facet('B', { storage })];
  expect(checkShared(one, other, false)).toEqual([]);
  expect(checkShared(other, one, false)).toEqual([]);
});

test.each([
  ['another type', [item('total', 't_address'), both[1]] as typeof both],
  ['half of its bytes', [item('total', 't_half'), both[1]] as typeof both],
  ['one that begins within', [item('rest', 't_half', 0, 16), both[1]] as typeof both],
  ['another name', [item('supply', 't_uint'), both[1]] as typeof both],
])('%s in the place of a variable is an error', (_, storage) => {
  expect(messages(facet('A', { storage: both }), facet('B', { storage }), false)).toEqual([
    expect.stringMatching(
      /^error: `\w+` \(\w+\) of B lies where `total` \(uint256\) of A .*slot 0\./,
    ),
  ]);
});

test('a new name in a facet that takes the place of the old one is a warning', () => {
  const next = facet('B', { storage: [item('supply', 't_uint')] });
  expect(messages(facet('A', { storage: both }), next, true)).toEqual([
    expect.stringMatching(/^warning: `supply`/),
  ]);
});

test('a struct of common variables grows at its end alone', () => {
  const app = (name: string, members: ReturnType<typeof item>[]) =>
    facet(name, struct(name, members, members.length * 32));
  const old = app('A', both);
  expect(checkShared(old, app('B', [...both, item('more', 't_uint', 2)]), false)).toEqual([]);
  const moved = [item('more', 't_uint'), item('total', 't_uint', 1), item('owner', 't_address', 2)];
  const [first] = checkShared(old, app('B', moved), false);
  expect(first?.message).toMatch(/`s\.\w+` .* of B lies where `s\.\w+` .* of A is stored/);
  expect(first?.detail?.split('\n')).toHaveLength(2);
});

test('values of mappings are compared, and namespaces by their names', () => {
  const shares = (value: string) =>
    facet('F', {
      storage: [item('shares', 't_map')],
      types: {
        ...TYPES,
        t_map: {
          ...{ encoding: 'mapping', label: 'mapping(uint256 => struct S)', numberOfBytes: '32' },
          ...{ key: 't_uint', value: 't_s' },
        },
        t_s: {
          ...{ encoding: 'inplace', label: 'struct S', numberOfBytes: '32' },
          members: [item('x', value)],
        },
      },
    });
  expect(checkShared(shares('t_uint'), shares('t_uint'), false)).toEqual([]);
  expect(checkShared(shares('t_uint'), shares('t_address'), false)).toHaveLength(1);

  const named = (id: string, type: string) =>
    facet(
      'N',
      { storage: [] },
      { [id]: { contract: 'N', members: [item('x', type)], types: TYPES } },
    );
  expect(checkShared(named('a', 't_uint'), named('b', 't_address'), false)).toEqual([]);
  expect(messages(named('a', 't_uint'), named('a', 't_address'), false)).toEqual([
    expect.stringContaining('of the namespace a'),
  ]);
});
