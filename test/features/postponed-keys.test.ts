import { encodeDeployData, encodeFunctionData } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

let chain: FollowedChain;
let project: InsideProject;
beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Crowded.sol', 'optimised', { withLayouts: true });
  await chain.client.projects.add({ path: project.path, name: 'crowded' });
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

const GAS = '0x1000000';

async function created(count: bigint) {
  const { abi = [], creation } = project.contracts.get('Crowded') ?? {};
  const data = encodeDeployData({ abi, bytecode: `0x${creation?.object}`, args: [count] });
  return chain.send({ data, gas: GAS });
}

async function fill(to: string, from: bigint, count: bigint) {
  const { abi = [] } = project.contracts.get('Crowded') ?? {};
  const data = encodeFunctionData({ abi, functionName: 'fill', args: [from, count] });
  return chain.send({ to, data, gas: GAS });
}

async function seats(contract: string) {
  await chain.recorded();
  const asked = { contract, network: 'local', variable: 'seats', limit: 1000 };
  const { variables, problem } = await chain.client.contracts.storage(asked);
  const names = variables.map(({ name }) => name).filter((name) => name.startsWith('seats['));
  return { names, total: variables.find(({ name }) => name === 'seats')?.total, problem };
}

test('keys of transactions that ran long are found when they are asked for', async () => {
  const { contractAddress, gasUsed } = await created(60n);
  expect(Number(gasUsed)).toBeGreaterThan(1_000_000);
  await fill(contractAddress, 100n, 80n);
  const shown = await seats(contractAddress);
  expect(shown).toMatchObject({ total: '140', problem: null });
  expect(shown.names).toContain('seats[59]');
  expect(shown.names).toContain('seats[179]');
});

test('of what ran too long to be followed it says so', async () => {
  const { contractAddress } = await created(1n);
  await fill(contractAddress, 0n, 500n);
  const { total, problem } = await seats(contractAddress);
  expect(total).toBe('1');
  expect(problem).toMatch(/^Keys of mappings that one transaction used can't be found/);
});
