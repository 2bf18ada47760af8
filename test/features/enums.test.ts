import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '#main/shared/decoded-text.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

let chain: FollowedChain;
let project: InsideProject;
let contract: string;
beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Enums.sol', 'not optimised', { withLayouts: true });
  await chain.client.projects.add({ path: project.path, name: 'enums' });
  const { creation } = project.contracts.get('Enums') ?? {};
  contract = (await chain.send({ data: `0x${creation?.object as ''}` })).contractAddress;
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

const at = (name: string, given: string[] = []) => ({
  ...{ network: 'local', contract, function: name, arguments: given },
});

test('members are taken by their names, and told by them in results, events, traces and storage', async () => {
  const { client } = chain;
  const sent = await client.contracts.send(at('set', ['(Mode.On, [Sell, 0])']));
  expect(sent.events[0]?.arguments.map(textOf)).toEqual(['Off', 'On', '[Sell, Buy]']);
  expect(await client.contracts.read(at('mode'))).toMatchObject({
    ...{ value: '1', values: [{ type: 'uint8', value: '1', enum: { name: 'Enums.Mode' } }] },
  });
  const shown = await client.explorer.transaction({
    ...{ network: 'local', hash: sent.hash, trace: true, state: true },
  });
  expect(shown.arguments.map(textOf)).toEqual(['(On, [Sell, Buy])']);
  expect(shown.trace?.result?.map(textOf)).toEqual(['Off']);
  const changes = shown.state?.accounts.flatMap(({ variables }) => variables) ?? [];
  expect(changes.map(({ name, after }) => `${name} ${after}`)).toEqual([
    ...['mode On', 'counts[On] 1'],
  ]);
  const storage = await client.contracts.storage({ ...at('mode'), variable: 'counts[Mode.On]' });
  expect(storage.variables).toMatchObject([{ name: 'counts[On]', value: '1' }]);
});

test('an error has the names, too', async () => {
  const tried = await chain.client.contracts.simulate(at('set', ['(Auto, [])']));
  expect(tried.error?.text).toBe('Stuck(Auto)');
});

test('a number beyond the members stays one, with a note', async () => {
  const { values, value } = await chain.client.contracts.read(at('beyond'));
  expect(values.map(textOf)).toEqual(['7 (no member of Enums.Mode)']);
  expect(value).toBe('7');
});

test('what is no member is refused with those that there are', async () => {
  await expect(chain.client.contracts.simulate(at('set', ['(Onn, [])']))).rejects.toMatchObject({
    code: 'BAD_ARGUMENT',
    message: expect.stringContaining('one of Off, On, Auto, or its number, but "Onn"'),
  });
});

test('other programs are given the numbers, and the ABI is as the compiler wrote it', async () => {
  const { client } = chain;
  const snippet = await client.contracts.snippet({ ...at('set', ['(On, [Sell])']), as: 'cast' });
  expect(snippet.text).toContain("'(1, [1])'");
  const { abi } = await client.contracts.abi({ network: 'local', contract });
  expect(JSON.stringify(abi)).not.toContain('Auto');
  const detail = await client.contracts.show({ network: 'local', contract });
  const set = detail.functions.find(({ name }) => name === 'set');
  expect(set?.inputs).toMatchObject([
    { components: [{ members: ['Off', 'On', 'Auto'] }, { members: ['Buy', 'Sell'] }] },
  ]);
});
