import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ContractStorage } from '#main/features/contracts/contract/storage.ts';
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
  await call('maps', [WHO, 'a "name"']);
  await call('lists_');
});
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

async function call(functionName: string, args: unknown[] = []): Promise<void> {
  const { abi = [] } = project.contracts.get('Stored') ?? {};
  const data: Hex = encodeFunctionData({ abi, functionName, args });
  await chain.send({ to: stored, data, gas: '0x1000000' });
  await chain.recorded();
}

const read = (more: { variable?: string; from?: number; limit?: number } = {}) =>
  chain.client.contracts.storage({ network: 'local', contract: stored, ...more });

const valuesOf = ({ variables }: ContractStorage) =>
  Object.fromEntries(variables.map(({ name, value }) => [name, value]));

test('mappings have the keys that transactions used, with what is stored under them', async () => {
  const { variables, problem } = await read();
  expect(problem).toBeNull();
  const all = valuesOf({ variables } as ContractStorage);
  const address = (await chain.client.contracts.show({ network: 'local', contract: stored }))
    .address;
  expect(all).toMatchObject({
    ...{ [`balances[${WHO}]`]: '5', [`allowances[${WHO}][${address}]`]: '6' },
    ...{ 'named["a \\"name\\""].size': '7', 'named["a \\"name\\""].label': 'in a map' },
    ...{ 'named["a \\"name\\""].rates[0xaabbccdd]': '-8' },
    ...{ 'lists[3].length': '1', 'lists[3][0]': '4' },
    [`flags[0x${'1'.padStart(64, '0')}]`]: 'true',
  });
  expect(variables.find(({ name }) => name === 'balances')).toMatchObject({
    ...{ value: null, total: '1' },
  });
});

test('lists in lists have their elements, those that are not there have none', async () => {
  const all = valuesOf(await read());
  expect(all).toMatchObject({
    ...{ 'grid.length': '2', 'grid[1].length': '1', 'grid[1][0]': '11', 'boxes[1].marks[0]': '6' },
    ...{ 'packed[41]': '39', 'box.marks[0]': '8' },
  });
  expect(all).not.toHaveProperty(['packed[42]']);
});

test('a key that was typed has its value, also one that no transaction used', async () => {
  expect(valuesOf(await read({ variable: `balances[${WHO}]` }))).toEqual({
    [`balances[${WHO}]`]: '5',
  });
  expect(valuesOf(await read({ variable: 'balances[0]' }))).toEqual({
    'balances[0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266]': '0',
  });
  expect(valuesOf(await read({ variable: 'named["a \\"name\\""].rates[0xaabbccdd]' }))).toEqual({
    'named["a \\"name\\""].rates[0xaabbccdd]': '-8',
  });
  const box = valuesOf(await read({ variable: 'named[new]' }));
  expect(box).toMatchObject({ 'named["new"].size': '0', 'named["new"].marks.length': '0' });
  expect(valuesOf(await read({ variable: 'boxes[1].marks[0]' }))).toEqual({
    'boxes[1].marks[0]': '6',
  });
  expect(valuesOf(await read({ variable: 'few[17]' }))).toEqual({ 'few[17]': '0' });
});

test('long lists are read in pages', async () => {
  const first = await read({ variable: 'packed', limit: 5 });
  expect(first.variables.map(({ name }) => name)).toEqual([
    ...['packed.length', 'packed[0]', 'packed[1]', 'packed[2]', 'packed[3]', 'packed[4]'],
  ]);
  expect(first).toMatchObject({ next: 5, problem: null });
  const last = await read({ variable: 'packed', from: 40, limit: 5 });
  expect(last.variables.map(({ name }) => name)).toEqual([
    ...['packed.length', 'packed[40]', 'packed[41]'],
  ]);
  expect(last.next).toBeNull();
  const fixed = await read({ variable: 'few', from: 15, limit: 3 });
  expect(fixed.variables.map(({ name }) => name)).toEqual(['few[15]', 'few[16]', 'few[17]']);
  expect(fixed.next).toBe(18);
  expect(await read({ variable: 'lists', limit: 1 })).toMatchObject({ next: null });
});

test('a long string is read as a whole when it is asked for by itself', async () => {
  const long = 'y'.repeat(5_000);
  await call('texts', [long, '0x01']);
  const all = await read();
  expect(valuesOf(all)).toMatchObject({ text: null, 'box.label': null });
  expect(all.problem).toContain('ask for one');
  const [asked, part] = [await read({ variable: 'text' }), await read({ variable: 'box.label' })];
  expect(valuesOf(asked)).toEqual({ text: long });
  expect(valuesOf(part)).toEqual({ 'box.label': long });
  expect([asked.problem, part.problem]).toEqual([null, null]);
});

test('a key of thousands of bytes is found again', async () => {
  const long = 'k'.repeat(9_000);
  await call('maps', [WHO, long]);
  const { variables } = await read({ variable: 'named' });
  expect(variables.find(({ name }) => name === `named["${long}"].size`)?.value).toBe('7');
});

test.each([
  ['nothing', /no variable nothing.*plain/],
  ['balances[nobody]', /keys of balances are of type address/],
  ['packed[42]', /has 42 elements/],
  ['few[-1]', /has 20 elements/],
  ['plain[0]', /has no elements/],
  ['box.none', /has no none.*size/],
  ['box.', /can't be read/],
  ['balances[', /can't be read/],
  ['named["a\\"]', /can't be read|named/],
  ['[0]', /names no variable/],
  [`grid${'[0]'.repeat(100)}`, /can't be read/],
])('%s is refused with what is wrong', async (variable, message) => {
  await expect(read({ variable })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(message),
    data: { field: 'variable' },
  });
});
