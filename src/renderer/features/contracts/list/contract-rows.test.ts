import { expect, test } from 'vitest';
import type { LiveContracts } from '#main/features/contracts/contract/listed.ts';
import { contractRows, type ListRow } from './contract-rows.ts';

type Live = LiveContracts['contracts'][number];

const live = (address: string, name: string, project: string, target: string): Live => ({
  ...{ address, name, label: name, transactionHash: '0x', blockNumber: 1, nested: false },
  ...{ verified: true, chainId: 31337, pinned: false, upstream: null },
  deployment: {
    ...{ id: project.length, number: 1, project: { id: project.length, name: project } },
    ...{ target, title: '', createdAt: 0 },
  },
});
const known = {
  contracts: [
    live('0xA1', 'Vault', 'vault', 'local'),
    live('0xB2', 'Token', 'vault', 'local'),
    live('0xC3', 'Vault', 'market', 'fork'),
  ],
  added: [{ network: 'local', address: '0xD4', name: 'Weth', addedAt: 0, pinned: false }],
};
const all = { text: '', network: null, folded: new Set<string>() };
const lines = (rows: readonly ListRow[]) =>
  rows.map((row) =>
    row.kind === 'group'
      ? `${row.title} ${row.network} ${row.count}`
      : `- ${row.contract.name} ${row.contract.address}`,
  );

test('contracts stand by project and network, those that were added at the end', () => {
  expect(lines(contractRows(known, all))).toEqual([
    'vault local 2',
    ...['- Vault 0xA1', '- Token 0xB2'],
    ...['market fork 1', '- Vault 0xC3'],
    ...['Added local 1', '- Weth 0xD4'],
  ]);
});

test('pinned ones come first, and stand nowhere else', () => {
  const contracts = known.contracts.map((one) => ({ ...one, pinned: one.address === '0xB2' }));
  const rows = contractRows({ ...known, contracts }, all);
  expect(lines(rows).slice(0, 4)).toEqual([
    ...['Pinned null 1', '- Token 0xB2', 'vault local 1', '- Vault 0xA1'],
  ]);
});

test('a filter finds names, addresses and projects, also in folded groups', () => {
  const folded = new Set(['local 5']);
  expect(lines(contractRows(known, { ...all, folded })).slice(0, 2)).toEqual([
    ...['vault local 2', 'market fork 1'],
  ]);
  const found = (text: string) => lines(contractRows(known, { ...all, folded, text }));
  expect(found('token')).toEqual(['vault local 1', '- Token 0xB2']);
  expect(found('0xc3')).toEqual(['market fork 1', '- Vault 0xC3']);
  expect(found('MARKET')).toEqual(['market fork 1', '- Vault 0xC3']);
  expect(lines(contractRows(known, { ...all, network: 'fork' }))).toHaveLength(2);
});
