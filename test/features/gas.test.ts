import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeFunctionData, type Hex, parseAbi } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Db, openDb } from '#main/db/open.ts';
import type { TracedCall } from '#main/eth/inside/call-tree.ts';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import type { GasReport, GasRow } from '#main/features/gas/contract.ts';
import { contractsResultOf } from '#main/shared/result-parts.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { asked } from '#test/harness/asked.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { commitAll, copyFixture, type Fixture } from '#test/harness/fixture.ts';
import { recorded as allRecorded } from '#test/harness/indexed.ts';

const NETWORK = 'local';
const CREATE2_FACTORY = '0x4e59b44847b379578588920ca78fbf26c0b4956c';
const vaultAbi = parseAbi(['function setExitFee(uint256 exitFee)']);

let core: TestApp;
let client: Client;
let db: Db;
let fixture: Fixture;
let first: DeploymentDetail;
let call: Rpc;

beforeAll(async () => {
  core = await openTestApp({ follow: true });
  db = openDb(core.home);
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('token-vault', { compiled: true, git: true });
  await client.projects.add({ path: fixture.folder, name: 'vault' });
  await client.chains.start({ chain: NETWORK });
  first = await deploy();
  call = rpc((await client.chains.get({ chain: NETWORK })).rpcUrl as string);
});

afterAll(async () => {
  db?.close();
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

async function deploy(): Promise<DeploymentDetail> {
  const { id: project } = await client.projects.get({ project: 'vault' });
  const { id } = await client.deployments.start(asked({ project }));
  for await (const _ of await client.deployments.watch({ id }));
  return client.deployments.get({ id });
}

const recorded = (): Promise<void> => allRecorded(db, NETWORK, call);

const rowOf = ({ rows }: Pick<GasReport, 'rows'>, contract: string, name: string): GasRow =>
  rows.find((row) => row.contract === contract && row.function.startsWith(`${name}(`)) as GasRow;

const traced = (hash: string) =>
  call<TracedCall>('debug_traceTransaction', [hash, { tracer: 'callTracer' }]);

test('what a deployment has sent, by contract and function, before and after a restart', async () => {
  await recorded();
  const report = await client.gas.report({ deployment: String(first.id) });
  const { contracts = [], transactions = [] } = contractsResultOf(first.result) ?? {};
  const used = transactions.reduce((sum, one) => sum + Number(one.gasUsed), 0);
  expect(report).toMatchObject({
    ...{ network: NETWORK, deployment: { id: first.id }, commit: first.commit },
    ...{ transactions: transactions.length, gasUsed: used, untraced: 0, truncated: false },
  });
  // What each call took itself is together what was paid.
  expect(report.rows.reduce((sum, { own }) => sum + (own?.total ?? 0), 0)).toBe(used);
  for (const { name, address, transactionHash } of contracts) {
    const row = rowOf(report, name ?? '', 'constructor');
    const code = await call<string>('eth_getCode', [address, 'latest']);
    expect(row).toMatchObject({ kind: 'creation', codeSize: (code.length - 2) / 2 });
    const { type, gasUsed } = await traced(transactionHash);
    // Libraries are created by a factory.
    if (type === 'CREATE') expect(row.gas?.total).toBe(Number(gasUsed));
  }
  await client.chains.restart({ chain: NETWORK });
  expect(await client.gas.report({ deployment: String(first.id) })).toEqual(report);
  expect(await client.gas.report({ deployment: first.commit?.slice(0, 8) })).toEqual(report);
});

test('the calls of a range of blocks, and of a whole chain', async () => {
  const vault = contractsResultOf(first.result)?.contracts.find(({ name }) => name === 'Vault');
  const [from] = await call<string[]>('eth_accounts');
  const before = Number(await call<string>('eth_blockNumber'));
  const gas: number[] = [];
  for (const fee of [10n, 20n, 20n, 0n, 5000n]) {
    const data = encodeFunctionData({ abi: vaultAbi, args: [fee] });
    const sent = [{ from, to: vault?.address, data, gas: '0x100000' }];
    const hash = await call<Hex>('eth_sendTransaction', sent);
    await vi.waitFor(async () =>
      expect(await call('eth_getTransactionReceipt', [hash])).not.toBeNull(),
    );
    const { error, gasUsed } = await traced(hash);
    if (!error) gas.push(Number(gasUsed));
  }
  const range = { network: NETWORK, fromBlock: before + 1 };
  const live = await client.gas.report(range);
  const row = rowOf(live, 'Vault', 'setExitFee');
  const sorted = gas.toSorted((a, b) => a - b);
  expect([live.transactions, row.calls, row.failed]).toEqual([5, 5, 1]);
  expect(row.gas).toEqual({
    ...{ min: sorted[0], max: sorted[3] },
    median: Math.round(((sorted[1] ?? 0) + (sorted[2] ?? 0)) / 2),
    mean: Math.round(gas.reduce((sum, one) => sum + one, 0) / 4),
    total: gas.reduce((sum, one) => sum + one, 0),
  });
  await recorded();
  expect(await client.gas.report(range)).toEqual(live);
  const whole = await client.gas.report({});
  expect(rowOf(whole, 'Vault', 'setExitFee').calls).toBeGreaterThanOrEqual(5);
  expect((await client.gas.report({ ...range, toBlock: before + 2 })).transactions).toBe(2);
  // What was recorded is told of a chain that does not run.
  await client.chains.stop({ chain: NETWORK });
  expect(await client.gas.report(range)).toEqual({ ...live, stopped: true });
  await client.chains.start({ chain: NETWORK });
});

test('two commits side by side: what took more, what is new and what is gone', async () => {
  const source = path.join(fixture.folder, 'src/Vault.sol');
  const text = await readFile(source, 'utf8');
  await writeFile(
    source,
    text
      .replace(
        'exitFee = exitFee_;',
        'exitFee = exitFee_;\n        note = exitFee_;\n        seen = true;',
      )
      .replace(
        'uint256 public exitFee;',
        'uint256 public exitFee;\n    uint256 public note;\n    bool public seen;',
      ),
  );
  await commitAll(fixture.folder);
  const second = await deploy();
  expect([second.status, second.commit === first.commit]).toEqual(['succeeded', false]);
  const [before, after] = [first, second].map(({ commit }) => commit?.slice(0, 7) ?? '');
  const compared = await client.gas.compare({ before: before ?? '', after: after ?? '' });
  const rows = new Map(compared.rows.map((row) => [`${row.contract}.${row.function}`, row]));
  const made = rows.get('Vault.constructor(address,address,uint256)');
  expect(made).toMatchObject({ change: 'changed', before: { calls: 1 }, after: { calls: 1 } });
  // Two words that were zero.
  expect(made?.difference?.gas).toBeGreaterThan(40_000);
  expect(made?.after?.codeSize).toBeGreaterThan(made?.before?.codeSize ?? 0);
  expect(rows.get('Token.approve(address,uint256)')?.change).toBe('same');
  expect(compared.difference.gas).toBe(compared.after.gasUsed - compared.before.gasUsed);
  const isSame = compared.rows.map(({ change }) => change === 'same');
  expect(isSame).toEqual(isSame.toSorted());
});

test('contracts of two projects with one name have rows of their own', async () => {
  await using twin = await copyFixture('token-vault', { compiled: true });
  const { id: project } = await client.projects.add({ path: twin.folder, name: 'twin' });
  const { id } = await client.deployments.start(asked({ project }));
  for await (const _ of await client.deployments.watch({ id }));
  const { rows } = await client.gas.report({});
  const made = rows.filter(({ kind, contract }) => kind === 'creation' && contract === 'Vault');
  expect(made.map((row) => row.project).toSorted()).toEqual(['twin', 'vault']);
  const own = (await client.gas.report({ deployment: String(id) })).rows;
  const ofVault = own.filter(({ contract }) => contract === 'Vault');
  expect(new Set(ofVault.map((row) => row.project))).toEqual(new Set(['twin']));
});

test('the factory for CREATE2 is one row by its name, whatever the salt', async () => {
  const [from] = await call<string[]>('eth_accounts');
  const before = Number(await call<string>('eth_blockNumber'));
  // Creates a contract of no code.
  for (const salt of ['1', '2']) {
    const hash = await call<Hex>('eth_sendTransaction', [
      { from, to: CREATE2_FACTORY, data: `0x${salt.repeat(64)}00`, gas: '0x100000' },
    ]);
    await vi.waitFor(async () =>
      expect(await call('eth_getTransactionReceipt', [hash])).not.toBeNull(),
    );
  }
  const { rows } = await client.gas.report({ network: NETWORK, fromBlock: before + 1 });
  expect(rows.filter(({ kind }) => kind === 'call')).toMatchObject([
    { contract: 'Create2Deployer', function: 'create2', calls: 2, address: null },
  ]);
});

test('a clone is created by the name of what it runs, apart from that', async () => {
  const [from] = await call<string[]>('eth_accounts');
  const before = Number(await call<string>('eth_blockNumber'));
  const { contracts } = await client.contracts.live({ target: NETWORK });
  const vault = contracts.find(({ name }) => name === 'Vault')?.address ?? '';
  const code = `363d3d373d3d3d363d73${vault.slice(2)}5af43d82803e903d91602b57fd5bf3`;
  const data = `0x3d602d80600a3d3981f3${code}`;
  const hash = await call<Hex>('eth_sendTransaction', [{ from, data, gas: '0x100000' }]);
  await vi.waitFor(async () =>
    expect(await call('eth_getTransactionReceipt', [hash])).not.toBeNull(),
  );
  const clones = [
    { kind: 'creation', contract: 'Vault', address: null, through: 'clone', codeSize: 45 },
  ];
  const asked = { network: NETWORK, fromBlock: before + 1 };
  expect((await client.gas.report(asked)).rows).toMatchObject(clones);
  await recorded();
  expect((await client.gas.report(asked)).rows).toMatchObject(clones);
});

test('what there is not says so', async () => {
  await expect(client.gas.report({ deployment: '999999' })).rejects.toMatchObject({
    code: 'DEPLOYMENT_NOT_FOUND',
  });
  await expect(client.gas.report({ network: 'nowhere' })).rejects.toMatchObject({
    code: 'NETWORK_NOT_FOUND',
  });
  await expect(client.gas.report({ network: NETWORK, deployment: '1' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  });
  await client.networks.save({ name: 'far', kind: 'remote', url: 'http://127.0.0.1:9' });
  expect(await client.gas.report({ network: 'far' })).toMatchObject({ transactions: 0, rows: [] });
});
