import { afterAll, beforeAll, expect, test } from 'vitest';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';

const WHO = '0x00000000000000000000000000000000DeaDBeef';

let chain: FollowedChain;
let project: InsideProject;
let stored: string;

beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await insideProject('src/Stored.sol', 'not optimised', { withLayouts: true });
  await chain.client.projects.add({ path: project.path, name: 'stored' });
  const { creation } = project.contracts.get('Stored') ?? {};
  stored = (await chain.send({ data: `0x${creation?.object as ''}` })).contractAddress;
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

const on = () => ({ network: 'local', contract: stored });

async function allValues(): Promise<Record<string, string | null>> {
  const { variables } = await chain.client.contracts.storage(on());
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

const shown = async (variable: string) =>
  (await chain.client.contracts.storage({ ...on(), variable })).variables[0]?.value;

const set = (variable: string, value: string) =>
  chain.client.contracts.setStorage({ ...on(), variable, value });

test.each([
  ['plain', '1.5ether', '1500000000000000000'],
  ['owner', WHO, WHO],
  [`balances[${WHO}]`, '7', '7'],
  [`allowances[${WHO}][0]`, '0x1f', '31'],
  ['named["a ]name"].label', 'of a member', 'of a member'],
  ['named["a ]name"].rates[0xaabbccdd]', '-8', '-8'],
  [`flags[0x${'01'.padEnd(64, '0')}]`, 'true', 'true'],
  ['last', '0', '0'],
  ['text', 'short', 'short'],
  ['text', 'long '.repeat(30), 'long '.repeat(30)],
  ['text', 'short again', 'short again'],
  ['data', '0x0102', '0x0102'],
])('%s is set to %s', async (variable, value, expected) => {
  await set(variable, value);
  expect(await shown(variable)).toBe(expected);
});

test('what shares a slot stays as it is', async () => {
  await set('owner', WHO);
  await set('paused', 'true');
  await set('mode', '1');
  await set('small', '-3');
  await set('price', '9');
  await set('id', '0x01020304');
  await set('few[17]', '5');
  await set('paused', 'false');
  expect(await allValues()).toMatchObject({
    ...{ owner: WHO, paused: 'false', mode: 'On', small: '-3' },
    ...{ price: '9', id: '0x01020304', 'few[17]': '5', 'few[16]': '0' },
  });
});

test('a list gets its length, and then its elements', async () => {
  await set('packed.length', '40');
  await set('packed[33]', '200');
  await set('boxes.length', '1');
  await set('boxes[0].open', 'true');
  await set('boxes[0].size', '18446744073709551615');
  expect(await allValues()).toMatchObject({
    ...{ 'packed.length': '40', 'packed[33]': '200', 'packed[32]': '0' },
    ...{ 'boxes[0].open': 'true', 'boxes[0].size': '18446744073709551615' },
  });
});

test('nothing is left of a longer text', async () => {
  await set('box.label', 'x'.repeat(100));
  await set('box.label', '');
  await set('box.label', 'y'.repeat(40));
  expect(await shown('box.label')).toBe('y'.repeat(40));
});

test.each([
  ['plain', '-1', 'value'],
  ['small', '128', 'value'],
  ['owner', '0x1234', 'value'],
  ['data', 'no hex', 'value'],
  ['balances', '1', 'variable'],
  ['box', '1', 'variable'],
  ['few', '1', 'variable'],
  ['packed[4000]', '1', 'variable'],
  ['nothing', '1', 'variable'],
])('%s refuses %s', async (variable, value, field) => {
  await expect(set(variable, value)).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field } });
});

test('a slot is set as it is, and a snapshot that was taken first undoes it', async () => {
  const raw = { ...on(), slot: '0x3039', value: '0xff', snapshot: true };
  const { snapshot, slots } = await chain.client.contracts.setStorage(raw);
  expect(slots).toEqual([{ slot: '0x3039', word: `0x${'ff'.padStart(64, '0')}` }]);
  const word = async () =>
    (await chain.client.contracts.storage({ ...on(), slots: ['12345'] })).slots[0]?.word;
  expect(await word()).toBe(`0x${'ff'.padStart(64, '0')}`);
  await chain.client.chains.revert({ chain: 'local', snapshot: snapshot?.id });
  expect(await word()).toBe(`0x${'0'.repeat(64)}`);
  await expect(
    chain.client.contracts.setStorage({ ...raw, value: `0x1${'0'.repeat(64)}` }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'value' } });
});
