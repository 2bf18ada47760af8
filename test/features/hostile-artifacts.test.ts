import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type WrittenFolder, writtenFolder } from '#test/harness/written-folder.ts';

/** Returns the first slot, whatever it is asked; a byte at the end tells several apart. */
const runtime = (mark: number) => `60005460005260206000f3${mark.toString(16).padStart(4, '0')}`;
const creation = (mark: number) => `600d600c600039600d6000f3${runtime(mark)}`;

const word = (name: string, type = 'uint256', more: object = {}) => ({ name, type, ...more });
const view = (name: string, more: object = {}) => ({
  ...{ type: 'function', name, stateMutability: 'view', inputs: [], outputs: [word('')] },
  ...more,
});
const nested = (depth: number): object => {
  let one: object = word('leaf');
  for (let i = 0; i < depth; i++) one = { name: 't', type: 'tuple', components: [one] };
  return one;
};
const wide = (depth: number): object =>
  depth === 0
    ? word('leaf')
    : { name: 't', type: 'tuple', components: Array.from({ length: 4 }, () => wide(depth - 1)) };

const type = (label: string, more: object = {}) => ({
  ...{ encoding: 'inplace', label, numberOfBytes: '32', ...more },
});
const variable = (label: string, of: string, more: object = {}) => ({
  ...{ label, type: of, slot: '0', offset: 0, contract: 'C', astId: 1, ...more },
});
const layout = (storage: object[], types: object) => ({ storage, types });

/** What a build may have written down of a contract. */
const hostile: Record<string, { abi?: unknown[]; storageLayout?: object; more?: object }> = {
  'an ABI of 20,000 functions': {
    abi: Array.from({ length: 20_000 }, (_, i) => view(`f${i}`)),
  },
  'names of control characters and of every object': {
    abi: [
      view('\u001b[31mred\u0007'),
      view('a\nb'),
      ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((name) => view(name)),
      view('named', {
        outputs: [
          word('x', 'tuple', { components: [word('__proto__'), word('constructor', 'bool')] }),
        ],
      }),
      {
        type: 'event',
        name: '__proto__',
        inputs: [word('__proto__', 'uint256', { indexed: true })],
      },
    ],
  },
  'tuples that nest deep': { abi: [view('deep', { inputs: [nested(600)] }), view('ok')] },
  'tuples that are wide': { abi: [view('wide', { inputs: [wide(8)] }), view('ok')] },
  'a name and a text of 10 MB': {
    abi: [view('x'.repeat(10_000_000)), view('ok', { stateMutability: 'y'.repeat(10_000_000) })],
  },
  'an ABI of anything but entries': {
    abi: [
      null,
      1,
      'text',
      [],
      {},
      { type: 'function' },
      { type: 'function', name: 7, inputs: 'x' },
    ],
  },
  'members that no source has declared': {
    abi: [
      view('mode', {
        inputs: [word('m', 'uint8', { internalType: 'enum Gone.Mode', members: ['<b>', {}] })],
        outputs: [word('', 'uint8', { internalType: `enum ${'A'.repeat(100_000)}` })],
      }),
    ],
  },
  'source maps that lead out of their sources': {
    more: {
      id: 0,
      deployedBytecode: {
        sourceMap: `999999999:5:99:-:0;-5:-1:-9;${';'.repeat(100_000)}0:99999999999999999999:0:i:x`,
      },
    },
  },
  'a layout with slots and sizes that are no numbers': {
    storageLayout: layout(
      [
        ...[variable('a', 'bad', { slot: 'x' }), variable('b', 'none', { slot: '-1' })],
        ...[
          variable('c', 'big', { slot: '1'.repeat(5000) }),
          variable('d', 'bad', { offset: 1e9 }),
        ],
      ],
      {
        bad: type('uint256', { numberOfBytes: 'many' }),
        big: type('uint256', { numberOfBytes: '-32' }),
      },
    ),
  },
  'a layout whose types hold themselves': {
    storageLayout: layout(
      [
        ...[
          variable('s', 'self'),
          variable('l', 'list', { slot: '1' }),
          variable('m', 'map', { slot: '2' }),
        ],
        variable('f', 'fixed', { slot: '3' }),
      ],
      {
        self: type('struct Self', { members: [variable('s', 'self'), variable('t', 'self')] }),
        list: type('list', { encoding: 'dynamic_array', base: 'list' }),
        map: type('map', { encoding: 'mapping', key: 'map', value: 'map' }),
        fixed: type(`uint256[${'9'.repeat(40)}]`, { base: 'fixed', numberOfBytes: '9'.repeat(60) }),
      },
    ),
  },
};

let chain: FollowedChain;
let project: WrittenFolder;
const addresses = new Map<string, string>();
const hashes = new Map<string, string>();
beforeAll(async () => {
  chain = await FollowedChain.open();
  project = await writtenFolder({
    'foundry.toml': '[profile.default]\n',
    'src/C.sol': 'contract C {}',
  });
  for (const [i, [, { abi = [view('ok')], storageLayout, more = {} }]] of Object.entries(
    hostile,
  ).entries()) {
    const folder = path.join(project.path, `out/C${i}.sol`);
    const metadata = {
      ...{ compiler: { version: '0.8.30' }, language: 'Solidity' },
      settings: { compilationTarget: { 'src/C.sol': `C${i}` } },
      sources: { 'src/C.sol': { keccak256: `0x${'0'.repeat(64)}` } },
    };
    const code = { bytecode: { object: `0x${creation(i)}` } };
    const { deployedBytecode = {}, ...others } = more as { deployedBytecode?: object };
    const artifact = {
      ...{ abi, metadata, storageLayout, ...code, ...others },
      deployedBytecode: { object: `0x${runtime(i)}`, ...deployedBytecode },
    };
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `C${i}.json`), JSON.stringify(artifact));
  }
  await chain.client.projects.add({ path: project.path, name: 'hostile' });
  for (const [i, name] of Object.keys(hostile).entries()) {
    const sent = await chain.send({ data: `0x${creation(i)}` });
    addresses.set(name, sent.contractAddress);
    const called = await chain.send({ to: sent.contractAddress, data: '0x01020304' });
    hashes.set(name, called.hash);
  }
  await chain.recorded();
}, 120_000);
afterAll(async () => {
  await chain?.[Symbol.asyncDispose]();
  await project?.[Symbol.asyncDispose]();
});

/** Whatever is told is told as that, and no request fails in a way that is not declared. */
async function settled(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
}

const DECLARED =
  /^(done|BAD_INPUT|BAD_ARGUMENT|FUNCTION_NOT_FOUND|FUNCTION_AMBIGUOUS|CALL_REVERTED|ARTIFACT_NOT_FOUND)$/;

describe.each(Object.keys(hostile))('%s', (name) => {
  const at = () => ({ network: 'local', contract: addresses.get(name) ?? '' });

  test('stands in the way of nothing that is asked of the contract', async () => {
    const { contracts, explorer } = chain.client;
    const hash = hashes.get(name) ?? '';
    const asked: Record<string, Promise<unknown>> = {
      show: contracts.show(at()),
      code: contracts.code(at()),
      abi: contracts.abi(at()),
      readAll: contracts.readAll(at()),
      storage: contracts.storage(at()),
      variable: contracts.storage({ ...at(), variable: 's.s.s.s' }),
      element: contracts.storage({ ...at(), variable: 'm[1][2]' }),
      list: contracts.storage({ ...at(), variable: 'l', limit: 1000 }),
      read: contracts.read({ ...at(), function: 'ok' }),
      simulate: contracts.simulate({ ...at(), function: 'ok' }),
      senders: contracts.senders({ ...at(), function: 'ok' }),
      snippet: contracts.snippet({ ...at(), function: 'ok', as: 'viem' }),
      events: contracts.events(at()),
      transaction: explorer.transaction({
        ...{ network: 'local', hash, trace: true, source: true, state: true },
      }),
      address: explorer.address({ network: 'local', address: at().contract }),
    };
    const found = await Promise.all(
      Object.entries(asked).map(async ([what, one]) => `${what} ${await settled(one)}`),
    );
    expect(found.filter((one) => !DECLARED.test(one.split(' ').slice(1).join(' ')))).toEqual([]);
    expect(found).toContain('show done');
    expect(found).toContain('transaction done');
  }, 60_000);
});

test('no name of one reaches a terminal as it is, nor the prototype of an object', async () => {
  const contract = addresses.get('names of control characters and of every object') ?? '';
  const { functions } = await chain.client.contracts.show({ network: 'local', contract });
  // Control characters, and nothing else that a compiler would not give.
  expect(functions.every(({ name }) => /^[\w$]+$/.test(name))).toBe(true);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  const { values, value } = await chain.client.contracts.read({
    ...{ network: 'local', contract, function: '__proto__' },
  });
  expect(values).toHaveLength(1);
  expect(value).toBe('0');
});
