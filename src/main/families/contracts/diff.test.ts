import { describe, expect, test } from 'vitest';
import type { Contract, ContractsSummary, Transaction } from '../../shared/result.ts';
import type { CodeFacts } from './contract.ts';
import { type DiffSide, diffContracts } from './diff.ts';

const summary: ContractsSummary = {
  ...{ family: 'contracts', chainId: 31337, sender: null, source: null, contractCount: 0 },
  ...{ transactionCounts: { planned: 1, sent: 1, mined: 1 }, gasUsed: '21000' },
};
const contract = (name: string | null, address: string): Contract => ({
  name,
  label: null,
  address,
  transactionHash: `0x${address.slice(2)}`,
  blockNumber: 1,
  nested: false,
  verified: true,
  chainId: null,
  elsewhere: null,
});
const transaction = (kind: Transaction['kind'], extra: Partial<Transaction> = {}): Transaction => ({
  index: 0,
  kind,
  chainId: null,
  elsewhere: null,
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
const side = ({
  contracts = [],
  transactions = [],
  ...extra
}: Partial<DiffSide & NonNullable<DiffSide['result']>> = {}): DiffSide => ({
  summary,
  result: { contracts, transactions },
  codes: new Map(),
  compilers: [],
  ...extra,
});
const code = (hash: string, bareHash = hash, compiler = 'solc 0.8.30'): CodeFacts => ({
  hash,
  bareHash,
  bytes: 1,
  compiler,
});

describe('a comparison of contracts', () => {
  test('tells contracts of one name apart by what the project calls them', () => {
    const token = (label: string, address: string) => ({ ...contract('Token', address), label });
    const { parts } = diffContracts(
      side({ contracts: [token('Money#DAI', '0x1')] }),
      side({ contracts: [token('Money#WETH', '0x2'), token('Money#DAI', '0x1')] }),
    );
    expect(parts.contracts.map(({ name, changes }) => [name, changes])).toEqual([
      ['Money#DAI', []],
      ['Money#WETH', ['added']],
    ]);
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
    const {
      parts: { contracts },
      same,
    } = diffContracts(a, b);
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
      diffContracts(a, b).facts.find(({ name }) => name === 'compiler');
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
    const [diff] = diffContracts(a, b).parts.contracts;
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
    const moved = diffContracts(of(one, '1'), of(two, '1')).parts;
    expect(moved.contracts.map((c) => c.changes)).toEqual([['address'], []]);
    expect(moved.calls.map((c) => c.changed)).toEqual([false]);
    const changed = diffContracts(of(one, '1'), of(two, '2')).parts;
    expect(changed.contracts[1]?.changes).toEqual(['arguments']);
  });

  test('calls are held against each other one by one', () => {
    const call = (args: string[]) =>
      transaction('call', { contractName: 'Vault', function: 'setFee(uint16)', arguments: args });
    const a = side({ transactions: [call(['1']), call(['2'])] });
    const b = side({ transactions: [call(['1']), call(['3'])] });
    const { calls } = diffContracts(a, b).parts;
    expect(calls.map((c) => [c.name, c.a, c.b, c.changed])).toEqual([
      ['Vault.setFee(uint16)', '(1)', '(1)', false],
      ['Vault.setFee(uint16)_2', '(2)', '(3)', true],
    ]);
  });

  test('a run of another family has made none, and two of them have no facts here', () => {
    const one = side({ contracts: [contract('Token', '0xA1')] });
    const { parts, facts, same } = diffContracts(one, null);
    expect(parts.contracts).toMatchObject([{ name: 'Token', b: null, changes: ['removed'] }]);
    expect(facts).toContainEqual({ name: 'chain id', a: '31337', b: null, changed: true });
    expect(same).toBe(false);
    const nothing = { facts: [], parts: { contracts: [], calls: [] }, same: true };
    expect(diffContracts(null, null)).toEqual(nothing);
  });
});
