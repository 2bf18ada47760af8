import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  type Abi,
  createPublicClient,
  decodeFunctionResult,
  encodeFunctionData,
  http,
  type PublicClient,
} from 'viem';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { main } from '#main/doors/cli/main.ts';
import { findTool } from '#main/engines/process/tools.ts';
import type { EventNews } from '#main/features/contracts/contract/events.ts';
import { cast } from '#main/kinds/foundry/tools.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import type { Fixture } from '#test/harness/fixture.ts';
import { yardProject } from '#test/harness/yard.ts';

const ALICE = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const BOB = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

const run = promisify(execFile);

let core: TestApp;
let client: Client;
let fixture: Fixture;
let chain: PublicClient;
let abi: Abi;
/** Addresses by name, in the order of the deployment. */
const at = new Map<string, `0x${string}`[]>();

const addressOf = (name: string): `0x${string}` => at.get(name)?.[0] ?? '0x';

beforeAll(async () => {
  fixture = await yardProject();
  core = await openTestApp();
  client = (await openDoor('in-process', core.app)).client;
  await client.projects.add({ path: fixture.folder, name: 'yard', kind: 'foundry' });
  const { id } = await client.deployments.start({ project: 'yard', target: 'local' });
  for await (const _ of await client.deployments.watch({ id }));
  for (const { name, address } of (await client.contracts.live({ target: 'local' })).contracts) {
    at.set(`${name}`, [...(at.get(`${name}`) ?? []), address as `0x${string}`]);
  }
  const { rpcUrl } = await client.chains.get({ chain: 'local' });
  chain = createPublicClient({ transport: http(rpcUrl as string) });
  abi = (await client.artifacts.get({ artifact: 'yard.Yard' })).abi as unknown as Abi;
}, 120_000);

afterAll(async () => {
  await core?.[Symbol.asyncDispose]();
  await fixture?.[Symbol.asyncDispose]();
});

describe('a contract is read', () => {
  test('by address, name, and name with its project', async () => {
    for (const contract of [
      addressOf('Yard'),
      addressOf('Yard').toLowerCase(),
      'Yard',
      'yard.Yard',
    ]) {
      const read = await client.contracts.read({ contract, function: 'fee' });
      expect(read).toMatchObject({ value: '30', function: 'fee()', address: addressOf('Yard') });
      expect(read.values).toEqual([{ name: '', type: 'uint96', value: '30' }]);
      expect(BigInt(read.blockNumber)).toBe(await chain.getBlockNumber());
    }
  });

  test('with every kind of argument and result, as viem does', async () => {
    const args = [`[(${BOB},[1,2]),(Yard,[])]`, '0xabcd', '0x01020304'];
    const read = await client.contracts.read({
      ...{ contract: 'Yard', function: 'place', arguments: args },
    });
    const meant = [
      [
        { to: BOB, ids: [1n, 2n] },
        { to: addressOf('Yard'), ids: [] },
      ],
      '0xabcd',
      '0x01020304',
    ];
    const data = encodeFunctionData({ abi, functionName: 'place', args: meant });
    const { data: output = '0x' } = await chain.call({ to: addressOf('Yard'), data });
    const [first, bytes, kind] = decodeFunctionResult({
      ...{ abi, functionName: 'place', data: output },
    }) as [{ to: string; ids: bigint[] }, string, string];
    expect(read.value).toEqual([{ to: first.to, ids: first.ids.map(String) }, bytes, kind]);
    expect(first).toEqual(meant[0]?.[0]);
  });

  test('of overloaded functions the one that fits, or those to choose from', async () => {
    const read = async (asked: string, ...args: string[]) =>
      (await client.contracts.read({ contract: 'Yard', function: asked, arguments: args })).value;
    expect(await read('get', '1', 'true')).toEqual(['3', true]);
    expect(await read('get(uint256)', '4')).toBe('5');
    expect(await read('get(address)', '0')).toBe('0');
    await expect(read('get', '1')).rejects.toMatchObject({
      code: 'FUNCTION_AMBIGUOUS',
      message: expect.stringMatching(
        /get\(uint256\), get\(address\)|get\(address\), get\(uint256\)/,
      ),
    });
    await expect(read('gett')).rejects.toMatchObject({
      code: 'FUNCTION_NOT_FOUND',
      message: expect.stringContaining('setFee(uint96)'),
    });
    await expect(read('get(address)', BOB.replace('C8', 'c8'))).rejects.toMatchObject({
      ...{ code: 'BAD_ARGUMENT', message: expect.stringContaining(BOB) },
    });
    await expect(read('get(uint256)', 'x')).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      data: { field: 'arguments' },
    });
  });

  test('as somebody, by index, address or name of a contract', async () => {
    const caller = async (from: string) =>
      (await client.contracts.read({ contract: 'Yard', function: 'caller', from })).value;
    expect(await caller('1')).toBe(BOB);
    expect(await caller(BOB)).toBe(BOB);
    expect(await caller('yard.YardProxy')).toBe(addressOf('YardProxy'));
    await expect(caller('99')).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { field: 'from' },
    });
    await expect(caller(BOB.replace('C8', 'c8'))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test('through a proxy by the functions of its implementation', async () => {
    const read = await client.contracts.read({ contract: 'YardProxy', function: 'owner' });
    expect(read).toMatchObject({ address: addressOf('YardProxy') });
    expect(read.value).toBe('0x0000000000000000000000000000000000000000');
  });

  test('with what its revert says', async () => {
    const reading = (asked: string) => client.contracts.read({ contract: 'Yard', function: asked });
    await expect(reading('closed')).rejects.toMatchObject({
      code: 'CALL_REVERTED',
      message: 'Yard.closed() failed: Closed(5).',
    });
    await expect(reading('broken')).rejects.toMatchObject({
      message: expect.stringContaining('gone'),
    });
    await expect(reading('nothing()(uint256)')).rejects.toMatchObject({ code: 'CALL_REVERTED' });
  });

  test('all at once, each with its value or its error', async () => {
    const { functions } = await client.contracts.readAll({ contract: 'Yard' });
    const of = (name: string) => functions.find((one) => one.function === `${name}()`);
    expect(functions.map((one) => one.function).toSorted()).toEqual(
      ['broken()', 'caller()', 'closed()', 'fee()', 'name()', 'owner()'].toSorted(),
    );
    expect(of('name')).toMatchObject({ value: 'Harbour yard', error: null });
    expect(of('owner')).toMatchObject({ value: ALICE });
    expect(of('closed')).toMatchObject({
      value: null,
      error: { name: 'Closed', text: 'Closed(5)', arguments: [{ name: 'until', value: '5' }] },
    });
  });

  test('as it was at a block, or with a refusal', async () => {
    const read = (block: number) =>
      client.contracts.read({ contract: 'Yard', function: 'fee', block });
    const newest = Number(await chain.getBlockNumber());
    expect(await read(newest)).toMatchObject({ value: '30', blockNumber: newest });
    await expect(read(newest + 1000)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(`is at block ${newest}: there is no block`),
    });
  });

  test('one that is not there, or is one of several, is said', async () => {
    const reading = (contract: string) => client.contracts.read({ contract, function: 'id' });
    await expect(reading('Nobody')).rejects.toMatchObject({ code: 'CONTRACT_NOT_FOUND' });
    await expect(reading('nobody.Twin')).rejects.toMatchObject({ code: 'CONTRACT_NOT_FOUND' });
    await expect(reading(BOB)).rejects.toMatchObject({ code: 'CONTRACT_NOT_FOUND' });
    const [one = '', two = ''] = at.get('Twin') ?? [];
    for (const ref of ['Twin', 'yard.Twin']) {
      await expect(reading(ref)).rejects.toMatchObject({
        code: 'CONTRACT_AMBIGUOUS',
        message: expect.stringMatching(new RegExp(`${one}.*${two}.*\\. Give the address\\.$`)),
      });
    }
    expect(await reading(two)).toMatchObject({ value: '2' });
  });
});

describe('a call is tried', () => {
  const trying = (asked: string, args: string[], more: object = {}) =>
    client.contracts.simulate({ contract: 'Yard', function: asked, arguments: args, ...more });

  test('with its result, gas and events, and changes nothing', async () => {
    const tried = await trying('berth', ['4', 'a, "b"'], { value: '1.5ether', from: '1' });
    expect(tried).toMatchObject({
      ...{ succeeds: true, from: BOB, function: 'berth(uint256,string)', error: null },
      value: '1500000000000000000',
      events: [{ name: 'Berthed', contract: 'Yard', arguments: [{ value: BOB }, {}, {}] }],
    });
    const gas = await chain.estimateContractGas({
      ...{ address: addressOf('Yard'), abi, functionName: 'berth', args: [4n, 'a, "b"'] },
      ...{ account: BOB, value: 1_500_000_000_000_000_000n },
    });
    expect(tried.gas).toBe(`${gas}`);
    const kept = await client.contracts.read({
      ...{ contract: 'Yard', function: 'berths', arguments: ['1'] },
    });
    expect(kept.value).toBe('0');
  });

  test('with the error that it would fail with', async () => {
    const failing = await trying('setFee', ['1'], { from: '1' });
    expect(failing).toMatchObject({ succeeds: false, gas: null, events: [] });
    expect(failing.error).toMatchObject({ name: 'NotOwner', text: `NotOwner(${BOB})` });
    expect(await trying('touch', [], { value: '1' })).toMatchObject({
      ...{ succeeds: false, error: { text: 'touch() takes no ether: it is not payable' } },
    });
    await expect(trying('touch', [], { value: 'much' })).rejects.toMatchObject({
      ...{ code: 'BAD_INPUT', data: { field: 'value' } },
    });
  });
});

describe('a call is sent', () => {
  const sending = (asked: string, args: string[], more: object = {}) =>
    client.contracts.send({ contract: 'Yard', function: asked, arguments: args, ...more });

  test('from an account, and what it did is told', async () => {
    const sent = await sending('berth', ['9', 'mine'], { from: '1', value: '20 gwei' });
    const receipt = await chain.getTransactionReceipt({ hash: sent.hash as `0x${string}` });
    expect(sent).toMatchObject({
      ...{ status: 'success', from: BOB, to: addressOf('Yard'), value: '20000000000' },
      ...{ gasUsed: `${receipt.gasUsed}`, blockNumber: Number(receipt.blockNumber) },
      ...{ error: null, events: [{ name: 'Berthed', logIndex: 0 }] },
    });
    expect(sent.events[0]?.arguments.map(({ value }) => value)).toEqual([BOB, '9', 'mine']);
    const read = { contract: 'Yard', function: 'berths', arguments: ['1'] };
    expect(await client.contracts.read(read)).toMatchObject({ value: '9' });
  });

  test('from any address that can pay, of which the chain then signs nothing else', async () => {
    const stranger = '0x00000000000000000000000000000000000000AA';
    const touch = () => sending('touch', [], { from: stranger });
    await expect(touch()).rejects.toMatchObject({
      code: 'CHAIN_CALL_FAILED',
      data: { fix: { call: { procedure: 'chains.fund' } } },
    });
    await client.chains.fund({ chain: 'local', address: stranger, ether: '1' });
    expect(await touch()).toMatchObject({ status: 'success', from: stranger });
    const plain = { method: 'eth_sendTransaction', params: [{ from: stranger, to: BOB }] };
    await expect(chain.request(plain as never)).rejects.toThrow(/signer/i);
  });

  test('not when it would fail, unless it is forced', async () => {
    const before = await chain.getBlockNumber();
    await expect(sending('setFee', ['1'], { from: '1' })).rejects.toMatchObject({
      code: 'CALL_REVERTED',
      message: expect.stringContaining(`NotOwner(${BOB})`),
    });
    expect(await chain.getBlockNumber()).toBe(before);
    const forced = await sending('setFee', ['1'], { from: '1', force: true });
    expect(forced).toMatchObject({ status: 'reverted', events: [] });
    expect(forced.error).toMatchObject({ name: 'NotOwner', arguments: [{ value: BOB }] });
  });

  test('through a proxy, to what it keeps itself', async () => {
    const contract = 'YardProxy';
    const berth = { contract, function: 'berth', arguments: ['1', ''], force: true };
    const sent = await client.contracts.send(berth);
    expect(sent).toMatchObject({ status: 'reverted', error: { text: 'closed' } });
  });

  test('never to a network whose keys are not here', async () => {
    const { rpcUrl: url } = await client.chains.get({ chain: 'local' });
    await client.networks.save({ name: 'far', kind: 'remote', url: url as string });
    const asked = { network: 'far', contract: addressOf('Yard'), function: 'fee' };
    expect(await client.contracts.read(asked)).toMatchObject({ value: '30' });
    expect(await client.contracts.simulate(asked)).toMatchObject({ succeeds: true, from: null });
    await expect(client.contracts.send(asked)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  test('and a revert takes it back, with what is read after it', async () => {
    const snapshot = await client.chains.snapshot({ chain: 'local' });
    const fee = async () =>
      (await client.contracts.read({ contract: 'Yard', function: 'fee' })).value;
    const [sent] = await Promise.all([
      sending('setFee', ['77']),
      client.chains.revert({ chain: 'local', snapshot: snapshot.id }),
    ]);
    expect(['success', 'pending']).toContain(sent.status);
    await sending('setFee', ['78']);
    expect(await fee()).toBe('78');
    await client.chains.revert({ chain: 'local', snapshot: snapshot.id });
    expect(await fee()).toBe('30');
  });
});

describe('a contract is shown', () => {
  test('with its functions, events, errors and deployment', async () => {
    const shown = await client.contracts.show({ contract: 'yard.Yard' });
    expect(shown).toMatchObject({
      ...{ network: 'local', address: addressOf('Yard'), name: 'Yard', proxy: null },
      deployment: { project: { name: 'yard' }, number: 1 },
      events: ['Berthed(address,uint256,string)'],
    });
    expect(shown.errors.toSorted()).toEqual(['Closed(uint256)', 'NotOwner(address)']);
    const place = shown.functions.find(({ name }) => name === 'place');
    expect(place).toMatchObject({
      signature: 'place((address,uint256[])[],bytes,bytes4)',
      stateMutability: 'pure',
      inputs: [{ type: 'tuple[]', components: [{ name: 'to' }, { name: 'ids' }] }, {}, {}],
    });
  });

  test('with what stands behind a proxy', async () => {
    expect(await client.contracts.show({ contract: 'YardProxy' })).toMatchObject({
      name: 'Yard',
      proxy: {
        ...{ name: 'YardProxy', kind: 'eip-1967' },
        implementation: { address: addressOf('Yard'), contract: 'Yard' },
      },
    });
  });
});

const numbers = (events: { arguments: readonly { value: unknown }[] }[]) =>
  events.map((one) => one.arguments[1]?.value);

test('events are told as they come, by indexed arguments, with what was taken back', async () => {
  const over = new AbortController();
  const news = await client.contracts.followEvents(
    { contract: 'Yard', event: 'Berthed', where: { who: '4' } },
    { signal: over.signal },
  );
  const { number: before } = await chain.getBlock();
  expect((await news.next()).value).toEqual({ events: [], gone: null, upTo: Number(before) });
  const id = await chain.request({ method: 'evm_snapshot' as never });
  const berth = (number: string, from: string) =>
    client.contracts.send({
      ...{ contract: 'Yard', function: 'berth', arguments: [number, 'n'], from },
    });
  const nextWith = async (isIt: (one: EventNews) => boolean): Promise<EventNews | undefined> => {
    for (let next = await news.next(); !next.done; next = await news.next()) {
      if (isIt(next.value)) return next.value;
    }
  };
  await berth('201', '3');
  await berth('202', '4');
  const told = await nextWith(({ events }) => events.length > 0);
  expect(numbers(told?.events ?? [])).toEqual(['202']);
  await chain.request({ method: 'evm_revert' as never, params: [id] as never });
  const taken = await nextWith(({ gone }) => gone !== null);
  expect(taken?.gone).toBeGreaterThan(Number(before));
  expect(taken?.gone).toBeLessThanOrEqual(told?.events[0]?.blockNumber ?? 0);
  await berth('203', '4');
  const again = await nextWith(({ events }) => events.length > 0);
  expect(numbers(again?.events ?? [])).toEqual(['203']);
  over.abort();
});

describe('events are listed', () => {
  const listed = (more: object) => client.contracts.events({ contract: 'Yard', ...more });
  beforeAll(async () => {
    for (const [berth, from] of [
      ['101', '2'],
      ['102', '3'],
      ['103', '2'],
    ] as const) {
      await client.contracts.send({
        ...{ contract: 'Yard', function: 'berth', arguments: [berth, 'n'], from },
      });
    }
  });

  test('newest first, by indexed arguments, as viem finds them', async () => {
    const { events } = await listed({ event: 'Berthed', where: { who: '2' } });
    expect(numbers(events)).toEqual(['103', '101']);
    const { accounts } = { accounts: await client.chains.accounts({ chain: 'local' }) };
    const found = await chain.getContractEvents({
      ...{ address: addressOf('Yard'), abi, eventName: 'Berthed', fromBlock: 0n },
      args: { who: accounts[2]?.address },
    });
    expect(events.map((one) => one.transactionHash)).toEqual(
      found.map((one) => one.transactionHash).toReversed(),
    );
    expect(numbers((await listed({ event: 'Berthed', where: { berth: '102' } })).events)).toEqual([
      '102',
    ]);
    const none = await listed({ event: 'Berthed(address,uint256,string)', where: { who: '9' } });
    expect(none).toMatchObject({ events: [], next: null });
  });

  test('in pages that go on where the last one ended', async () => {
    const whole = await listed({});
    const seen: unknown[] = [];
    let next: number | null | undefined;
    do {
      const page = await listed({ limit: 1, before: next ?? undefined });
      seen.push(...numbers(page.events));
      next = page.next;
    } while (next !== null);
    expect(seen).toEqual(numbers(whole.events));
    expect(seen.slice(0, 3)).toEqual(['103', '102', '101']);
  });

  test('and what there is not is said', async () => {
    await expect(listed({ event: 'Left' })).rejects.toMatchObject({
      ...{ code: 'EVENT_NOT_FOUND', message: expect.stringContaining('Berthed(address') },
    });
    for (const wrong of [
      { where: { who: '2' } },
      { event: 'Berthed', where: { note: 'n' } },
      { event: 'Berthed', where: { who: 'nobody' } },
    ]) {
      await expect(listed(wrong)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    }
  });
});

describe('a contract of others', () => {
  const stranger = '0x00000000000000000000000000000000000000e0';

  beforeAll(async () => {
    const code = await chain.getCode({ address: addressOf('Yard') });
    // Other code than any that was compiled here.
    const params = [stranger, `${code}00`];
    await chain.request({ method: 'anvil_setCode' as never, params: params as never });
  });

  test('is read without an ABI by the whole signature', async () => {
    const reading = (asked: string) =>
      client.contracts.read({ contract: stranger, function: asked, arguments: [] });
    expect(await reading('fee()(uint96)')).toMatchObject({ value: '0' });
    await expect(reading('fee')).rejects.toMatchObject({
      ...{ code: 'FUNCTION_NOT_FOUND', message: expect.stringContaining('fee()(uint256)') },
    });
  });

  test('is known by the name and ABI that it was added with, until it is removed', async () => {
    const add = { address: stranger, name: 'Foreign', artifact: 'yard.Yard' };
    const added = await client.contracts.add(add);
    const { logic, ...one } = added;
    expect((await client.contracts.live({ target: 'local' })).added).toEqual([
      { ...one, pinned: false },
    ]);
    expect(logic).toEqual([]);
    expect(
      await client.contracts
        .read({ contract: 'Foreign', function: 'level()(uint8)' })
        .catch((error: { code: string }) => error.code),
    ).toBe('CALL_REVERTED');
    expect(await client.contracts.read({ contract: 'Foreign', function: 'fee' })).toMatchObject({
      ...{ value: '0', function: 'fee()' },
    });
    expect(await client.contracts.show({ contract: stranger })).toMatchObject({ name: 'Foreign' });
    await expect(client.contracts.add({ ...add, address: BOB })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
    });
    await expect(
      client.contracts.add({ address: BOB, name: 'Other', abi: [{ type: 'nothing' }] }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'abi' } });
    await client.contracts.remove({ contract: 'Foreign' });
    await expect(client.contracts.remove({ contract: 'Foreign' })).rejects.toMatchObject({
      code: 'CONTRACT_NOT_FOUND',
    });
  });
});

describe('storage is read', () => {
  const stored = (more: object = {}) => client.contracts.storage({ contract: 'Yard', ...more });

  test('by the names of variables: packed ones, texts, structs and lists', async () => {
    const variables = await vi.waitFor(async () => {
      const { variables, problem } = await stored();
      expect(problem).toBeNull();
      const values = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
      expect(values).toEqual({
        ...{ owner: ALICE, fee: '30', open: 'true', level: '7', name: 'Harbour yard' },
        motto: 'A text of more than thirty-one bytes, in slots of its own.',
        ...{ berths: null, [`berths[${BOB}]`]: '9' },
        // Of the accounts 2 to 4, in what follows events.
        'berths[0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC]': '103',
        'berths[0x90F79bf6EB2c4f870365E785982E1f101E93b906]': '102',
        'berths[0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65]': '203',
        ...{ 'marks[0]': '1', 'marks[1]': '2', 'marks[2]': '3' },
        ...{ 'spot.to': '0x0000000000000000000000000000000000000000', 'spot.ids.length': '0' },
        ...{ 'list.length': '2', 'list[0]': '11', 'list[1]': '12' },
      });
      return variables;
    });
    expect(variables.find(({ name }) => name === 'level')).toMatchObject({
      ...{ type: 'uint8', slot: '0x1', offset: 1 },
    });
  });

  test('of the proxy itself by the layout of its implementation', async () => {
    const { variables } = await client.contracts.storage({ contract: 'YardProxy' });
    expect(variables.find(({ name }) => name === 'fee')).toMatchObject({ value: '0' });
  });

  test('as it is in given slots, as viem reads it', async () => {
    const { slots } = await stored({ slots: ['0', '0x1'] });
    for (const { slot, word } of slots) {
      const key: `0x${string}` = `0x${BigInt(slot).toString(16)}`;
      expect(word).toBe(await chain.getStorageAt({ address: addressOf('Yard'), slot: key }));
    }
    expect(slots).toHaveLength(2);
    await expect(stored({ block: 1e9, slots: ['0'] })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

test('a call is written as a command that does the same', async () => {
  const call = {
    contract: 'Yard',
    function: 'place',
    arguments: [`[(${BOB},[1,2])]`, '0xabcd', '0x01020304'],
  };
  const { text } = await client.contracts.snippet({ ...call, as: 'cast' });
  const folder = path.dirname(findTool(cast).path);
  const { stdout } = await run('sh', ['-c', text], {
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
  expect(stdout.trim().split('\n')).toEqual([`(${BOB}, [1, 2])`, '0xabcd', '0x01020304']);
  const send = { contract: 'Yard', function: 'berth', arguments: ['1', "it's"], value: '1ether' };
  const sent = await client.contracts.snippet({ ...send, as: 'cast', sends: true });
  await run('sh', ['-c', sent.text], {
    env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
  });
  const read = { contract: 'Yard', function: 'berths', arguments: ['0'] };
  expect(await client.contracts.read(read)).toMatchObject({ value: '1' });
  const code = await client.contracts.snippet({ ...send, as: 'viem', sends: true });
  expect(code.text).toContain('args: [1n, "it\'s"]');
  expect(code.text).toContain('value: 1000000000000000000n');
});

test('several reads are made at one block, each with its value or its error', async () => {
  const read = await client.contracts.readMany({
    calls: [
      { contract: 'Yard', function: 'fee' },
      { contract: addressOf('Yard'), function: 'get', arguments: ['1', 'true'] },
      { contract: 'Yard', function: 'gett' },
      { contract: 'Nowhere', function: 'fee' },
    ],
  });
  expect(read.results).toMatchObject([
    { contract: 'Yard', address: addressOf('Yard'), value: '30', error: null },
    { function: 'get(uint256,bool)', value: ['3', true], error: null },
    { value: null, error: { code: 'FUNCTION_NOT_FOUND' } },
    { contract: 'Nowhere', address: null, error: { code: 'CONTRACT_NOT_FOUND' } },
  ]);
  const calls = [{ contract: 'Yard', function: 'fee' }];
  const before = await client.contracts.readMany({ calls, block: 0 });
  expect(before).toMatchObject({ blockNumber: 0, results: [{ error: { code: 'CALL_REVERTED' } }] });
});

describe('a saved call', () => {
  const fee = { name: 'Fee of the yard', contract: 'yard.Yard', function: 'fee' };

  test('is checked when it is saved, and its name is taken once', async () => {
    const saved = await client.contracts.saveCall(fee);
    expect(saved).toMatchObject({
      ...{ name: 'Fee of the yard', function: 'fee()', arguments: [], from: null, value: null },
      ...{ contract: 'yard.Yard', address: addressOf('Yard'), sends: false, network: 'local' },
    });
    expect(await client.contracts.calls({ network: 'local' })).toEqual([saved]);
    expect(await client.contracts.runCall({ name: 'FEE of the yard' })).toMatchObject({
      ...{ call: saved, value: { value: '30' }, simulation: null, sent: null },
    });
    const again = { ...fee, name: 'fee OF the yard', function: 'level()(uint8)' };
    await expect(client.contracts.saveCall(again)).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    expect(await client.contracts.saveCall({ ...again, replace: true })).toMatchObject({
      function: 'level()(uint8)',
    });
    await expect(
      client.contracts.saveCall({ ...fee, name: 'b', function: 'gett' }),
    ).rejects.toMatchObject({ code: 'FUNCTION_NOT_FOUND' });
    await expect(
      client.contracts.saveCall({ ...fee, name: 'b', value: 'much' }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'value' } });
    await client.contracts.removeCall({ name: again.name });
    await expect(client.contracts.runCall({ name: again.name })).rejects.toMatchObject({
      code: 'CALL_NOT_FOUND',
    });
  });

  test('is sent as it was saved, to whatever has the name of its contract', async () => {
    const label = { network: 'local', label: 'The yard' };
    await client.addressBook.set({ address: addressOf('Yard'), ...label });
    await client.contracts.saveCall({
      ...{ name: 'berth', contract: 'the yard', function: 'berth', arguments: ['5', 'note'] },
      ...{ from: '3', value: '1ether' },
    });
    const tried = await client.contracts.runCall({ name: 'berth', simulate: true });
    expect(tried).toMatchObject({ sent: null, simulation: { succeeds: true } });
    const { sent, call } = await client.contracts.runCall({ name: 'berth' });
    expect(call).toMatchObject({ sends: true, address: addressOf('Yard') });
    expect(sent).toMatchObject({ status: 'success', value: `${10n ** 18n}` });
    await client.addressBook.remove({ address: addressOf('Yard'), network: 'local' });
    expect((await client.contracts.calls({}))[0]).toMatchObject({ name: 'berth', address: null });
    await expect(client.contracts.runCall({ name: 'berth' })).rejects.toMatchObject({
      code: 'CONTRACT_NOT_FOUND',
    });
    await client.contracts.removeCall({ name: 'berth' });
  });
});

describe('the command line', () => {
  async function printed(line: string): Promise<string> {
    vi.stubEnv('DRYDOCK_HOME', core.home);
    vi.stubEnv('DRYDOCK_ENGINE', 'process');
    let text = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
      text += part;
      return true;
    });
    try {
      expect(await main(line.split(' '))).toBe(0);
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
    }
    return text;
  }

  test('prints the value alone, or as one JSON document', async () => {
    const read = 'contract read yard.Yard fee --network local';
    expect(await printed(read)).toBe('30\n');
    expect(JSON.parse(await printed(`${read} --json`))).toMatchObject({ value: '30' });
  });

  test('saves a call, and makes it again', async () => {
    expect(await printed('contract call save fee yard.Yard fee')).toBe(
      'yard.Yard.fee() on local is saved as fee.\n',
    );
    expect(await printed('contract call list')).toMatch(/fee +local +yard\.Yard\.fee\(\)/);
    expect(await printed('contract call run fee')).toBe('30\n');
    expect(await printed('contract call remove fee')).toBe('fee on local is forgotten.\n');
  });

  test('reads several functions, and the calls of a file', async () => {
    const read = JSON.parse(await printed('contract read Yard fee name --json'));
    expect(read.results.map((one: { value: string }) => one.value)).toEqual(['30', 'Harbour yard']);
    const file = path.join(fixture.folder, 'calls.json');
    await writeFile(file, '[{"contract":"Yard","function":"get(uint256)","arguments":["4"]}]');
    expect(await printed(`contract read --calls ${file}`)).toMatch(/Yard +get\(uint256\) +5/);
  });

  test('prints events as CSV', async () => {
    const [head, first = ''] = (
      await printed('contract events Yard Berthed --where berth=102 --csv')
    ).split('\r\n');
    expect(head).toBe('block,transaction,log,address,event,who,berth,note');
    expect(first).toContain(`,0,${addressOf('Yard')},Berthed,`);
    expect(first.trimEnd().endsWith(',102,n')).toBe(true);
  });
});
