import { encodeFunctionData, getAddress, type Hex, parseAbi } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { contractsResultOf } from '#main/shared/result-parts.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { asked } from '#test/harness/asked.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { copyFixture, type Fixture } from '#test/harness/fixture.ts';

const vaultAbi = parseAbi(['function setExitFee(uint256 exitFee)']);

let core: TestApp;
let client: Client;
let fixture: Fixture;
let deployed: DeploymentDetail;
let call: Rpc;

beforeAll(async () => {
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  fixture = await copyFixture('token-vault', { compiled: true });
  const { id: project } = await client.projects.add({ path: fixture.folder, name: 'vault' });
  await client.chains.start({ chain: 'local' });
  const { id } = await client.deployments.start(asked({ project }));
  for await (const _ of await client.deployments.watch({ id }));
  deployed = await client.deployments.get({ id });
  call = rpc((await client.chains.get({ chain: 'local' })).rpcUrl as string);
});

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

const contracts = () => contractsResultOf(deployed.result)?.contracts ?? [];
const at = (name: string): string => contracts().find((one) => one.name === name)?.address ?? '';

/** Mined, whether it fails or not. */
async function send(to: string, data: Hex): Promise<string> {
  const [from] = await call<string[]>('eth_accounts');
  return call<string>('eth_sendTransaction', [{ from, to, data, gas: '0x100000' }]);
}

test('a creation is named, with its run, its events and the tree of its calls', async () => {
  const vault = contracts().find(({ name }) => name === 'Vault');
  const shown = await client.explorer.transaction({
    ...{ network: 'local', hash: vault?.transactionHash ?? '', trace: true },
  });
  expect(shown).toMatchObject({
    ...{ status: 'success', to: null, error: null, traceProblem: null },
    created: { address: vault?.address, contract: 'Vault' },
    deployment: { number: 1, project: { name: 'vault' } },
  });
  expect(shown.trace).toMatchObject({
    ...{ type: 'CREATE', contract: 'Vault', error: null },
    function: 'constructor(address,address,uint256)',
  });
  expect(shown.trace?.calls.map((one) => [one.type, one.contract, one.function])).toContainEqual([
    ...['DELEGATECALL', 'FeeMath', 'check(uint256)'],
  ]);
});

test('a call that reverts says why, in the words of the contract and of its library', async () => {
  const [sender] = await call<string[]>('eth_accounts');
  const data = encodeFunctionData({ abi: vaultAbi, args: [5000n] });
  const refused = await send(at('Vault'), data);
  const shown = await client.explorer.transaction({ network: 'local', hash: refused, trace: true });
  expect(shown).toMatchObject({
    ...{ status: 'reverted', function: 'setExitFee(uint256)' },
    from: { address: getAddress(sender as Hex), contract: null },
    to: { contract: 'Vault' },
    arguments: [{ name: 'exitFee_', type: 'uint256', value: '5000' }],
    error: expect.objectContaining({ name: expect.stringMatching(/^(Error|FeeTooHigh)$/) }),
    deployment: null,
  });
  expect(shown.trace?.failing).toBe(true);
  // What the whole used is of the whole limit.
  expect(shown.trace).toMatchObject({ gasUsed: shown.gasUsed, gas: shown.gasLimit });
});

test('lists are paged by whole blocks, and what is in a block agrees with them', async () => {
  const first = await client.explorer.transactions({ network: 'local', limit: 2 });
  expect(first.transactions.length).toBeGreaterThanOrEqual(2);
  const seen = [...first.transactions];
  let next = first.next;
  while (next !== null) {
    const page = await client.explorer.transactions({ network: 'local', before: next, limit: 2 });
    seen.push(...page.transactions);
    next = page.next;
  }
  const newest = Number(await call<string>('eth_blockNumber'));
  expect(seen.map(({ blockNumber }) => blockNumber)).toEqual(
    seen.map(({ blockNumber }) => blockNumber).toSorted((a, b) => Number(b) - Number(a)),
  );
  const { blocks } = await client.explorer.blocks({ network: 'local', limit: 200 });
  expect(blocks.map(({ number }) => number)).toEqual(
    Array.from({ length: newest + 1 }, (_, i) => newest - i),
  );
  expect(blocks.reduce((sum, one) => sum + one.transactionCount, 0)).toBe(seen.length);
  const block = await client.explorer.block({ network: 'local', block: 'latest' });
  const newestSeen = seen.filter(({ blockNumber }) => blockNumber === newest);
  expect(block.transactions).toEqual(newestSeen.map(({ ordinal: _, ...line }) => line));
});

test('an address tells what stands there, and names find it', async () => {
  const address = at('Token');
  const shown = await client.explorer.address({ network: 'local', address: address.toLowerCase() });
  expect(shown).toMatchObject({
    ...{ address, contract: 'Token', nonce: 1, implementation: null },
    deployment: { number: 1 },
  });
  expect(shown.codeSize).toBeGreaterThan(100);
  expect(await client.explorer.find({ network: 'local', text: 'oken' })).toEqual([
    { kind: 'contract', value: address, title: 'Token of vault #1' },
  ]);
  const block = await client.explorer.find({ network: 'local', text: '#1' });
  expect(block).toEqual([{ kind: 'block', value: '1', title: 'Block 1' }]);
});

test('what is not there, or does not run, says so with what to do', async () => {
  const hash = `0x${'1'.repeat(64)}`;
  await expect(client.explorer.transaction({ network: 'local', hash })).rejects.toMatchObject({
    code: 'TRANSACTION_NOT_FOUND',
    message: expect.stringContaining('drydock tx list --network local'),
  });
  await expect(client.explorer.block({ network: 'local', block: '999999' })).rejects.toMatchObject({
    code: 'BLOCK_NOT_FOUND',
  });
  await client.networks.save({ name: 'asleep', kind: 'local' });
  await expect(client.explorer.blocks({ network: 'asleep' })).rejects.toMatchObject({
    code: 'CHAIN_NOT_RUNNING',
    data: { fix: { command: 'drydock chain start asleep' } },
  });
  await expect(client.explorer.blocks({ network: 'nowhere' })).rejects.toMatchObject({
    code: 'NETWORK_NOT_FOUND',
  });
});

test('a transaction that a revert took back is no longer there, and the run that sent it is named', async () => {
  const { snapshot } = deployed;
  const hash = contracts()[0]?.transactionHash ?? '';
  await client.chains.revert({ chain: 'local', snapshot: snapshot?.id ?? 0 });
  await expect(client.explorer.transaction({ network: 'local', hash })).rejects.toThrow(
    'vault #1 sent it, and what it did has been taken back',
  );
});
