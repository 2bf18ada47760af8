import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

const WHO = '0x00000000000000000000000000000000DeaDBeef';
const SENDER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';

let chain: FollowedChain;
let project: InsideProject;
let stored: string;
const shown = new Map<string, TransactionDetail>();

beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Stored.sol', 'optimised', { withLayouts: true });
  await chain.client.projects.add({ path: project.path, name: 'stored' });
  const { creation } = project.contracts.get('Stored') ?? {};
  const sent = await chain.send({ data: `0x${creation?.object as ''}` });
  stored = sent.contractAddress;
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

const show = (hash: string) =>
  chain.client.explorer.transaction({ network: 'local', hash, state: true });

/** Calls a function of `Stored`, and shows what that has changed. */
async function call(functionName: string, args: unknown[] = [], value?: string) {
  const { abi = [] } = project.contracts.get('Stored') ?? {};
  const data: Hex = encodeFunctionData({ abi, functionName, args });
  const { hash } = await chain.send({ to: stored, data, value });
  const detail = await show(hash);
  shown.set(hash, detail);
  return detail;
}

const variables = ({ state }: TransactionDetail, address = stored): string[] =>
  (state?.accounts.find((one) => one.address.toLowerCase() === address)?.variables ?? []).map(
    ({ name, before, after }) => `${name} ${before} → ${after}`,
  );

test('what a transaction changed is told by the names of variables, with the keys of mappings', async () => {
  const values = await call('values');
  expect(values).toMatchObject({ status: 'success', stateProblem: null, state: { undone: false } });
  expect(variables(values)).toEqual([
    ...['plain 1 → 7', `owner 0x${'0'.repeat(40)} → ${WHO}`, 'paused false → true'],
    ...['mode Off → On', 'small 0 → -3', 'price 0 → 9', 'id 0x00000000 → 0x01020304'],
    ...['few[17] 0 → 5', 'last 0 → 2'],
  ]);
  const sender = values.state?.accounts.find(({ address }) => address === SENDER);
  const spent = BigInt(sender?.balance?.before ?? 0) - BigInt(sender?.balance?.after ?? 0);
  expect(spent).toBe(BigInt(values.fee ?? 0));
  expect(Number(sender?.nonce?.after)).toBe(Number(sender?.nonce?.before) + 1);
  const maps = await call('maps', [WHO, 'a "name"']);
  expect(variables(maps).toSorted()).toEqual(
    expect.arrayContaining([
      `balances[${WHO}] 0 → 5`,
      String.raw`named["a \"name\""].label  → in a map`,
      'lists[3].length 0 → 1',
    ]),
  );
});

test('what a revert has undone is told as it was just before', async () => {
  const undone = await call('undo', [WHO]);
  expect(undone).toMatchObject({ status: 'reverted', state: { undone: true } });
  expect(variables(undone)).toEqual(['plain 7 → 3', `balances[${WHO}] 5 → 10`]);
  // What was taken back within is not among it.
  expect(variables(await call('undoAgain', [WHO]))).toEqual([
    ...['plain 7 → 9', `balances[${WHO}] 5 → 6`],
  ]);
});

test('what the gas went into adds up, with what was given back', async () => {
  const cleared = await call('clear');
  const { gas } = cleared;
  expect(BigInt(gas?.refund ?? 0)).toBeGreaterThan(0n);
  const parts = [
    gas?.base,
    gas?.calldata,
    gas?.creation,
    gas?.accessList,
    gas?.authorizations,
    gas?.execution,
  ];
  const sum = parts.reduce((all, part) => all + BigInt(part ?? 0), 0n) - BigInt(gas?.refund ?? 0);
  expect(sum.toString()).toBe(cleared.gasUsed);
});

test('ether that was sent on is told, and who has it', async () => {
  const sent = await call('send', [WHO], '0x64');
  expect(sent.transfers.map(({ from, to, amount }) => [from.address, to.address, amount])).toEqual([
    [SENDER, expect.stringMatching(new RegExp(stored, 'i')), '100'],
    [expect.stringMatching(new RegExp(stored, 'i')), WHO, '100'],
  ]);
  expect(sent.state?.accounts.find(({ address }) => address === WHO)?.balance).toEqual({
    ...{ before: '0', after: '100' },
  });
});

test('the same is told of all of them once the chain was started again', async () => {
  await chain.recorded();
  await chain.client.chains.restart({ chain: 'local' });
  for (const [hash, detail] of shown) expect(await show(hash)).toEqual(detail);
});

test('a contract that no project has compiled shows its slots', async () => {
  // Stores 5 at 0x99, and has no code afterwards.
  const { hash } = await chain.send({ data: '0x6005609955' });
  const { state } = await show(hash);
  expect(state?.accounts.find(({ problem }) => problem !== null)).toMatchObject({
    variables: [
      { name: null, slot: `0x${'99'.padStart(64, '0')}`, after: expect.stringMatching(/5$/) },
    ],
    problem: expect.stringContaining('No project here has compiled'),
  });
});
