import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Contract, Transaction } from '#main/features/deployments/contract.ts';
import { codeFacts } from '#main/features/history/code.ts';
import { compilersOf, environmentOf } from '#main/features/history/compare.ts';
import type { CodeFacts, CommitRange, HistoryItem } from '#main/features/history/contract.ts';
import { type DiffSide, diffDeployments } from '#main/features/history/diff.ts';
import { addressBook, addressesEnv, addressesTs } from '#main/features/history/export/addresses.ts';
import { csv } from '#main/features/history/export/csv.ts';
import { distinctNames } from '#main/features/history/export/names.ts';

const item: HistoryItem = {
  id: 1,
  number: 1,
  project: { id: 1, name: 'p' },
  network: 'local',
  chainId: 31337,
  status: 'succeeded',
  live: true,
  script: 'script/Deploy.s.sol:Deploy',
  signature: 'run()',
  commit: 'a'.repeat(40),
  branch: 'main',
  dirty: 0,
  createdAt: 1,
  startedAt: 1,
  endedAt: 2,
  contractCount: 0,
  gasUsed: '21000',
  failure: null,
  trigger: 'manual',
  pinned: false,
  note: '',
  tags: [],
};
const commits: CommitRange = {
  a: item.commit,
  b: item.commit,
  added: [],
  removed: [],
  truncated: false,
  problem: null,
};
const contract = (name: string | null, address: string): Contract => ({
  name,
  address,
  transactionHash: `0x${address.slice(2)}`,
  blockNumber: 1,
  nested: false,
  verified: true,
});
const transaction = (kind: Transaction['kind'], extra: Partial<Transaction> = {}): Transaction => ({
  index: 0,
  kind,
  contractName: null,
  address: null,
  function: null,
  arguments: [],
  from: '0x1',
  nonce: 0,
  value: '0',
  hash: '0x1',
  blockNumber: 1,
  gasUsed: '100',
  gasPrice: '1',
  status: 'success',
  verified: true,
  ...extra,
});
const side = (extra: Partial<DiffSide> = {}): DiffSide => ({
  item,
  args: [],
  sender: null,
  command: null,
  contracts: [],
  transactions: [],
  codes: new Map(),
  compilers: [],
  environment: [],
  ...extra,
});
const code = (hash: string, bareHash = hash, compiler = 'solc 0.8.30'): CodeFacts => ({
  hash,
  bareHash,
  bytes: 1,
  compiler,
});

describe('a comparison', () => {
  test('of equals is the same, whatever the times and hashes', () => {
    const other = { ...item, id: 2, number: 2, createdAt: 9, startedAt: 9, endedAt: 99 };
    expect(diffDeployments(side(), side({ item: other }), commits)).toMatchObject({ same: true });
  });

  test('names what differs in each contract, duplicates in their order', () => {
    const a = side({
      contracts: [contract('Token', '0xA1'), contract('Token', '0xA2'), contract('Old', '0xA3')],
      transactions: [
        transaction('create', { address: '0xA1', arguments: ['1'] }),
        transaction('create', { address: '0xA2', arguments: ['2'], gasUsed: '100' }),
      ],
      codes: new Map([
        ['0xa1', { facts: code('h1', 'bare'), from: 'chain' }],
        ['0xa2', { facts: code('h2'), from: 'chain' }],
      ]),
    });
    const b = side({
      contracts: [contract('Token', '0xa1'), contract('Token', '0xB2'), contract('New', '0xB3')],
      transactions: [
        transaction('create', { address: '0xa1', arguments: ['1'] }),
        transaction('create', { address: '0xB2', arguments: ['3'], gasUsed: '90' }),
      ],
      codes: new Map([
        ['0xa1', { facts: code('h9', 'bare'), from: 'chain' }],
        ['0xb2', { facts: code('h3', 'h3', 'solc 0.8.31'), from: 'chain' }],
      ]),
    });
    const { contracts, same } = diffDeployments(a, b, commits);
    expect(contracts.map((c) => [c.name, c.changes])).toEqual([
      ['Token', ['metadata']],
      ['Token_2', ['address', 'code', 'compiler', 'gas', 'arguments']],
      ['Old', ['removed']],
      ['New', ['added']],
    ]);
    expect(contracts[2]?.a).toMatchObject({ code: null, codeFrom: 'not recorded' });
    expect(same).toBe(false);
  });

  test('a compiler is what the code says, and no difference where it is not known', () => {
    const codes = (compiler: string) =>
      new Map([['0xa1', { facts: code('h', 'h', compiler), from: 'chain' }]]);
    const fact = (a: DiffSide, b: DiffSide) =>
      diffDeployments(a, b, commits).facts.find(({ name }) => name === 'compiler');
    const logged = { compilers: ['solc 0.8.37'] };
    const [compiled, skipped] = [codes('solc 0.8.37'), codes('solc 0.8.37')];
    expect(fact(side({ ...logged, codes: compiled }), side({ codes: skipped }))).toEqual({
      name: 'compiler',
      a: 'solc 0.8.37',
      b: 'solc 0.8.37',
      changed: false,
    });
    expect(fact(side(logged), side())).toMatchObject({ b: null, changed: false });
    const other = side({ codes: codes('solc 0.8.30') });
    expect(fact(side({ codes: compiled }), other)).toMatchObject({ changed: true });
    expect(fact(side(logged), side({ compilers: ['solc 0.8.30'] }))).toMatchObject({
      changed: true,
    });
  });

  test('unknown code is no difference, and is said', () => {
    const a = side({
      contracts: [contract('T', '0x1')],
      codes: new Map([['0x1', { facts: null, from: 'gone' }]]),
    });
    const b = side({
      contracts: [contract('T', '0x1')],
      codes: new Map([['0x1', { facts: code('h'), from: 'chain' }]]),
    });
    const [diff] = diffDeployments(a, b, commits).contracts;
    expect(diff).toMatchObject({ changes: [], a: { code: null, codeFrom: 'gone' } });
  });

  test('an own contract that was deployed again is the same argument', () => {
    const of = (token: string, owner: string) =>
      side({
        contracts: [contract('Token', token), contract('Vault', `0x${'9'.repeat(40)}`)],
        transactions: [
          transaction('create', { address: `0x${'9'.repeat(40)}`, arguments: [token, owner] }),
          transaction('call', {
            contractName: 'Vault',
            function: 'set(address)',
            arguments: [token],
          }),
        ],
      });
    const [one, two] = [`0x${'a'.repeat(40)}`, `0x${'B'.repeat(40)}`];
    const moved = diffDeployments(of(one, '1'), of(two, '1'), commits);
    expect(moved.contracts.map((c) => c.changes)).toEqual([['address'], []]);
    expect(moved.calls.map((c) => c.changed)).toEqual([false]);
    const changed = diffDeployments(of(one, '1'), of(two, '2'), commits);
    expect(changed.contracts[1]?.changes).toEqual(['arguments']);
  });

  test('calls are held against each other one by one, environments by name', () => {
    const call = (args: string[]) =>
      transaction('call', { contractName: 'Vault', function: 'setFee(uint16)', arguments: args });
    const a = side({ transactions: [call(['1']), call(['2'])], environment: ['KEY', 'OLD'] });
    const b = side({ transactions: [call(['1']), call(['3'])], environment: ['NEW', 'KEY'] });
    const { calls, environment } = diffDeployments(a, b, commits);
    expect(calls.map((c) => [c.name, c.a, c.b, c.changed])).toEqual([
      ['Vault.setFee(uint16)', '(1)', '(1)', false],
      ['Vault.setFee(uint16)_2', '(2)', '(3)', true],
    ]);
    expect(environment).toEqual({
      a: ['KEY', 'OLD'],
      b: ['KEY', 'NEW'],
      added: ['NEW'],
      removed: ['OLD'],
    });
    const unknown = diffDeployments(a, side({ ...b, environment: null }), commits);
    expect(unknown.environment).toMatchObject({ b: null, added: [], removed: [] });
  });
});

test('names of variables are read off a command, never their values', () => {
  expect(environmentOf("A=1 B='two words' C=it\\'s forge script X=1 --sig 'run()'")).toEqual([
    'A',
    'B',
    'C',
  ]);
  expect(environmentOf('forge script')).toEqual([]);
  expect(environmentOf(null)).toBeNull();
});

test('compilers are read off a log', () => {
  expect(
    compilersOf([
      'Compiling 4 files with Solc 0.8.30',
      'Compiling 1 files with Solc 0.5.16',
      'Solc 0.8.30 finished in 917.22ms',
    ]),
  ).toEqual(['solc 0.5.16', 'solc 0.8.30']);
});

test('code tells its compiler, and what it is without its metadata', () => {
  const metadata = 'a164736f6c6343000819000a';
  const facts = codeFacts(`0x60016001${metadata}`);
  expect(facts).toMatchObject({ compiler: 'solc 0.8.25', bytes: 16 });
  expect(facts.bareHash).toBe(codeFacts('0x60016001').hash);
  expect(codeFacts('0x60016001')).toMatchObject({ compiler: null, bytes: 4 });
  expect(codeFacts('0x00').bareHash).toBe(codeFacts('0x00').hash);
});

test('names are distinct, and adding one later renames none', () => {
  expect(distinctNames(['A', 'A', 'A_2', 'A', null, null])).toEqual([
    'A',
    'A_3',
    'A_2',
    'A_4',
    'Unnamed',
    'Unnamed_2',
  ]);
  const name = fc.constantFrom('A', 'A_2', 'A_3', 'B', 'B_2', null);
  fc.assert(
    fc.property(fc.array(name), (names) => {
      const distinct = distinctNames(names);
      expect(new Set(distinct).size).toBe(names.length);
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('A', 'B', 'C')),
      fc.constantFrom('A', 'D'),
      (names, one) => {
        expect(distinctNames([...names, one]).slice(0, -1)).toEqual(distinctNames(names));
      },
    ),
  );
});

test('an address is listed once, and odd names make good files', () => {
  const book = addressBook([
    { chainId: 1, name: 'UniswapV2Pair', address: '0xAA' },
    { chainId: 1, name: 'UniswapV2Pair', address: '0xaa' },
    { chainId: 1, name: 'uniswapV2Pair', address: '0xBB' },
    { chainId: 1, name: 'My "Odd" Name', address: '0xCC' },
  ]);
  expect(addressesEnv(book, 'two\nlines')).toBe(
    '# two lines\nCHAIN_ID=1\nUNISWAP_V2_PAIR_ADDRESS=0xAA\nUNISWAP_V2_PAIR_2_ADDRESS=0xBB\nMY_ODD_NAME_ADDRESS=0xCC\n',
  );
  expect(addressesTs(book, 'x')).toContain(`    "My \\"Odd\\" Name": '0xCC',\n`);
  const two = addressBook([
    { chainId: 1, name: 'A', address: '0x1' },
    { chainId: 2, name: 'A', address: '0x1' },
  ]);
  expect(addressesEnv(two, 'x')).toBe('# x\nA_1_ADDRESS=0x1\nA_2_ADDRESS=0x1\n');
});

test('CSV is that of RFC 4180: any cell comes back as it was', () => {
  expect(
    csv([
      ['a', null, 1, true],
      ['x,y', 'say "hi"', 'two\nlines', ''],
    ]),
  ).toBe('a,,1,true\r\n"x,y","say ""hi""","two\nlines",\r\n');
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 })), (rows) => {
      expect(parsed(csv(rows))).toEqual(rows);
    }),
  );
});

/** A reader of RFC 4180, for the test alone. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let value = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        value += text[at];
        if (text[at] === '"') at++;
      }
      at++;
    } else {
      while (text[at] !== ',' && text[at] !== '\r') value += text[at++];
    }
    row.push(value);
    if (text[at] === ',') {
      at++;
    } else {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}
