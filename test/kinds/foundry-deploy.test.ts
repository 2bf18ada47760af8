import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getAddress, pad } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundry } from '#main/kinds/foundry/foundry.ts';
import type { ContractsResult } from '#main/shared/result.ts';
import { copyFixture, type Fixture, type FixtureName } from '../harness/fixture.ts';
import { type Bench, type Chain, openBench, SENDER, startAnvil } from './bench.ts';

/** keccak256("eip1967.proxy.implementation") - 1 */
const IMPLEMENTATION = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';

let bench: Bench;
let chain: Chain;
const fixtures = new Map<FixtureName, Fixture>();

beforeAll(async () => {
  bench = await openBench();
  chain = await startAnvil();
  for (const name of ['token-vault', 'pair-factory', 'upgradeable', 'broken'] as const) {
    fixtures.set(name, await copyFixture(name));
  }
});

afterAll(async () => {
  await chain[Symbol.asyncDispose]();
  for (const fixture of fixtures.values()) await fixture[Symbol.asyncDispose]();
  await bench[Symbol.asyncDispose]();
});

const folderOf = (name: FixtureName) => fixtures.get(name)?.folder ?? '';
const resultsOf = (folder: string, script: string) =>
  path.join(folder, 'broadcast', script, '31337');

async function deploy(name: FixtureName, script: string, signature: string, args: string[] = []) {
  const request = bench.request(folderOf(name), script, signature, args, chain);
  const run = await bench.deploy(request);
  expect(run.lines.map((line) => line.text).join('\n')).toContain('ONCHAIN EXECUTION COMPLETE');
  const outcome = await run.plan.outcome();
  if (!outcome) throw new Error('no outcome');
  for (const { address } of outcome.contracts) {
    expect(await chain.rpc('eth_getCode', address, 'latest')).not.toBe('0x');
  }
  return { run, ...outcome };
}

describe('a deploy of several contracts with a linked library', () => {
  test('is recorded with names, arguments, gas and hashes that the chain confirms', async () => {
    const { run, transactions, contracts } = await deploy(
      'token-vault',
      'script/Deploy.s.sol:Deploy',
      'run(address,uint256)',
      [SENDER, '1000 ether'],
    );
    expect(contracts.map((c) => [c.name, c.nested])).toEqual([
      ['FeeMath', false],
      ['Token', false],
      ['Vault', false],
    ]);
    expect(transactions.map((t) => [t.kind, t.contractName, t.function, t.status])).toEqual([
      ['create2', 'FeeMath', null, 'success'],
      ['create', 'Token', null, 'success'],
      ['create', 'Vault', null, 'success'],
      ['call', 'Token', 'approve(address,uint256)', 'success'],
    ]);
    expect(transactions[1]?.arguments).toEqual([
      'Harbour',
      'HBR',
      SENDER,
      '1000000000000000000000',
    ]);
    expect(transactions[3]?.arguments[0]).toBe(contracts[2]?.address);
    for (const sent of transactions) {
      const found = await chain.rpc<Record<string, string>>('eth_getTransactionByHash', sent.hash);
      expect(getAddress(found.from ?? '')).toBe(sent.from);
      expect(Number(found.nonce)).toBe(sent.nonce);
      const receipt = await chain.rpc<Record<string, string>>(
        'eth_getTransactionReceipt',
        sent.hash,
      );
      expect(BigInt(receipt.gasUsed ?? 0).toString()).toBe(sent.gasUsed);
      expect(Number(receipt.blockNumber)).toBe(sent.blockNumber);
    }
    expect(run.phases).toEqual(['simulate', 'broadcast', 'record']);
    expect(run.plan.display).toContain(
      `forge script script/Deploy.s.sol:Deploy --sig 'run(address,uint256)' --rpc-url ${chain.url} --broadcast`,
    );
    expect(run.plan.display).toMatch(
      / -- 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 1000000000000000000000$/,
    );
  });

  test('shows its transactions while they are sent, in order', async () => {
    await using slow = await startAnvil('--block-time', '1');
    const run = await bench.deploy(
      bench.request(folderOf('broken'), 'script/Many.s.sol:Many', 'run(uint256)', ['3'], slow),
    );
    const sent = run.progress.map((list) => list.filter((t) => t.hash !== null).length);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
    expect(sent.at(-1)).toBe(run.progress.at(-1)?.length);
    // Planned before anything is sent, then one after the other.
    expect(run.progress.length).toBeGreaterThan(2);
    expect(run.progress.every((list) => list.length === run.progress[0]?.length)).toBe(true);
  });

  test('ignores what an earlier run left behind', async () => {
    const request = bench.request(
      folderOf('token-vault'),
      'script/Deploy.s.sol:Deploy',
      'run()',
      [],
      chain,
    );
    const plan = await bench.forge.plan(request, bench.workspace);
    const old = path.join(resultsOf(folderOf('token-vault'), 'Deploy.s.sol'), 'run-latest.json');
    expect(await readFile(old, 'utf8')).toContain('"receipts"');
    expect(plan.progress()).toBeUndefined();
    expect(await plan.outcome()).toBeNull();
    await rm(old);
    await writeFile(old, '{"transactions": [{"hash":');
    expect(plan.progress()).toBeUndefined();
    expect(await plan.outcome()).toBeNull();
  });
});

test('what a run left behind is found by what is known of it', async () => {
  const since = Date.now();
  const { contracts } = await deploy('token-vault', 'script/Deploy.s.sol:Deploy', 'run()');
  const path = folderOf('token-vault');
  const kind = foundry({ dataFolder: bench.dataFolder });
  const known: Parameters<typeof kind.recover>[0] = {
    id: 1,
    project: { id: 1, name: 'vault', path, repository: null },
    input: { script: 'script/Deploy.s.sol:Deploy', sig: 'run()', args: [], snapshot: true },
    result: {
      ...{ family: 'contracts', chainId: chain.chainId, sender: SENDER, source: null },
      ...{ transactions: [], contracts: [] },
    },
    isOwn: true,
    startedAt: since,
  };
  expect(await kind.recover(known, true)).toMatchObject({ contracts, sender: SENDER });
  expect(await kind.recover({ ...known, startedAt: Date.now() + 1 }, true)).toBeNull();
  expect(await kind.recover({ ...known, result: null }, true)).toBeNull();
});

test('contracts that a factory creates are recorded as nested, with the name of their artifact', async () => {
  const { contracts, transactions } = await deploy(
    'pair-factory',
    'script/Deploy.s.sol:Deploy',
    'run()',
  );
  expect(contracts.map((c) => [c.name, c.nested])).toEqual([
    ['Coin', false],
    ['Coin', false],
    ['UniswapV2Factory', false],
    ['UniswapV2Pair', true],
  ]);
  expect(contracts[3]?.transactionHash).toBe(transactions[3]?.hash);
});

test('nested contracts that forge did not name are named by their creation code', async () => {
  const folder = folderOf('pair-factory');
  const request = bench.request(folder, 'script/Deploy.s.sol:Deploy', 'run()', [], chain);
  const run = await bench.deploy(request);
  const results = resultsOf(folder, 'Deploy.s.sol');
  for (const name of ['run-latest.json', ...(await stamped(results))]) {
    const file = path.join(results, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(/"contractName": "[^"]+"/g, '"contractName": null'));
  }
  const outcome = await run.plan.outcome();
  expect(outcome?.transactions.every((t) => t.contractName === null)).toBe(true);
  expect(outcome?.contracts.map((c) => c.name)).toEqual([
    'Coin',
    'Coin',
    'UniswapV2Factory',
    'UniswapV2Pair',
  ]);
});

test('one script deploys a proxy and with CREATE2, another upgrades it', async () => {
  const first = await deploy('upgradeable', 'script/Deploy.s.sol:Deploy', 'run(uint256,bytes32)', [
    '7',
    pad('0x01', { size: 32 }),
  ]);
  expect(first.contracts.map((c) => c.name)).toEqual(['Counter', 'ERC1967Proxy', 'Registry']);
  expect(first.transactions.map((t) => t.kind)).toEqual(['create', 'create', 'create2', 'call']);
  const proxy = first.contracts[1]?.address ?? '';
  const second = await deploy('upgradeable', 'script/Upgrade.s.sol:Upgrade', 'run(address)', [
    proxy,
  ]);
  expect(second.contracts.map((c) => c.name)).toEqual(['CounterV2']);
  expect(second.transactions[1]).toMatchObject({
    kind: 'call',
    address: proxy,
    function: 'upgradeToAndCall(address,bytes)',
  });
  const stored = await chain.rpc<string>('eth_getStorageAt', proxy, IMPLEMENTATION, 'latest');
  expect(getAddress(`0x${stored.slice(26)}`)).toBe(second.contracts[0]?.address);
});

test('what a cancelled run had sent is still there', async () => {
  await using slow = await startAnvil('--block-time', '1');
  const folder = folderOf('broken');
  const request = bench.request(folder, 'script/Many.s.sol:Many', 'run(uint256)', ['20'], slow);
  const stop = new AbortController();
  const plan = await bench.forge.plan(request, bench.workspace);
  const running = bench.engine.workspace({ id: 1, path: folder }).exec(plan.command, {
    signal: stop.signal,
    onOutput: () => undefined,
  });
  const sent = () => plan.progress()?.filter((t) => t.status === 'success').length ?? 0;
  while (sent() < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  expect((await running).ended).toBe('cancelled');
  const outcome = await plan.outcome();
  expect(outcome?.transactions).toHaveLength(20);
  expect(outcome?.transactions.filter((t) => t.status === 'success').length).toBeGreaterThan(1);
  expect(outcome?.transactions.at(-1)).toMatchObject({ status: 'queued', hash: null });
  expect(outcome?.contracts.length).toBeGreaterThan(1);
  expect(outcome?.contracts.length).toBeLessThan(20);
});

test('a half-written last file does not lose what was read before', async () => {
  const folder = folderOf('broken');
  const request = bench.request(folder, 'script/Many.s.sol:Many', 'run(uint256)', ['3'], chain);
  const run = await bench.deploy(request);
  const results = resultsOf(folder, 'Many.s.sol');
  for (const name of ['run-latest.json', ...(await stamped(results))]) {
    await writeFile(path.join(results, name), '{"tra');
  }
  expect((await run.plan.outcome())?.contracts).toHaveLength(3);
});

test('negative numbers are arguments, not flags', async () => {
  const { transactions } = await deploy(
    'broken',
    'script/Many.s.sol:Many',
    'signed(int256,int256[])',
    ['-5', '[1, -2]'],
  );
  expect(transactions).toHaveLength(1);
});

test('a secret URL reaches forge, but no command line', async () => {
  const url = `${chain.url}/?key=0123456789abcdef0123`;
  const request = bench.request(
    folderOf('broken'),
    'script/Many.s.sol:Many',
    'run(uint256)',
    ['1'],
    { url, chainId: chain.chainId },
  );
  request.target = { ...request.target, secretUrl: true };
  const run = await bench.deploy(request);
  expect(run.exit.code).toBe(0);
  expect(JSON.stringify([run.plan.command.args, run.plan.display])).not.toContain(
    '0123456789abcdef',
  );
  expect(run.plan.secrets).toContain(url);
});

test('a run on several chains is read as a whole, each transaction with its chain', async () => {
  await using other = await startAnvil('--chain-id', '777');
  const asked = bench.request(
    folderOf('broken'),
    'script/TwoChains.s.sol:TwoChains',
    'run(string,string)',
    [chain.url, other.url],
    chain,
  );
  const run = await bench.deploy(asked);
  expect(run.exit.code).toBe(0);
  const { transactions, contracts } = (await run.plan.outcome()) as ContractsResult;
  const where = [
    [31337, null],
    [777, new URL(other.url).host],
  ];
  expect(transactions.map((t) => [t.chainId, t.elsewhere])).toEqual(where);
  expect(transactions.map((t) => t.index)).toEqual([0, 1]);
  expect(contracts.map((c) => [c.chainId, c.elsewhere])).toEqual(where);
  expect(run.plan.rehearsal?.args).not.toContain('--broadcast');
});

test('a script that broadcasts nothing succeeds and leaves nothing', async () => {
  const run = await bench.deploy(
    bench.request(folderOf('broken'), 'script/NoBroadcast.s.sol:NoBroadcast', 'run()', [], chain),
  );
  expect(run.exit.code).toBe(0);
  expect(await run.plan.outcome()).toBeNull();
});

async function stamped(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /^run-\d+\.json$/.test(name));
}
