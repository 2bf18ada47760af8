import { type Hex, toFunctionSelector } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transactionText } from '#main/features/explorer/text.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

const NETWORK = 'local';
const PROBLEM = 'its arguments do not fit';
const SHORT: Hex = `${toFunctionSelector('pay(address,bool)')}01`;
const named = { function: 'pay(address,bool)', arguments: [], argumentsProblem: PROBLEM };

let chain: FollowedChain;
let project: InsideProject;
const at: Record<string, string> = {};
beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Unfit.sol');
  await chain.client.projects.add({ path: project.path, name: 'unfit' });
  for (const name of ['WithFallback', 'WithoutFallback']) {
    const { creation } = project.contracts.get(name) ?? {};
    at[name] = (await chain.send({ data: `0x${creation?.object}` })).contractAddress;
  }
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

test.each(['WithFallback', 'WithoutFallback'])(
  'a call of a function of %s with too little is named by it, in header, list, trace and report',
  async (name) => {
    const { client } = chain;
    const { hash } = await chain.send({ to: at[name], data: SHORT });
    const shown = await client.explorer.transaction({ network: NETWORK, hash, trace: true });
    expect(shown).toMatchObject({ ...named, trace: named });
    const text = transactionText(shown);
    expect(text).toContain(`pay(address,bool) (${PROBLEM})`);
    expect(text).toContain(`${name}.pay(…) ${PROBLEM}`);
    const { transactions } = await client.explorer.transactions({ network: NETWORK });
    expect(transactions.find((one) => one.hash === hash)?.function).toBe('pay(address,bool)');
    const { rows } = await client.gas.report({ network: NETWORK });
    expect(rows.find((row) => row.kind === 'call' && row.contract === name)).toMatchObject({
      ...{ function: 'pay(address,bool)', failed: 1 },
    });
  },
);

test('a call of no function of a contract is one of its fallback', async () => {
  const { hash } = await chain.send({ to: at.WithFallback, data: '0x01020304ff' });
  const asked = { network: NETWORK, hash, trace: true };
  const { trace, argumentsProblem, ...shown } = await chain.client.explorer.transaction(asked);
  expect([shown.function, argumentsProblem]).toEqual(['fallback()', null]);
  expect(trace?.calls).toMatchObject([{ function: null, argumentsProblem: null }]);
});
