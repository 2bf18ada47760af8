import {
  type AbiFunction,
  encodeAbiParameters,
  encodeErrorResult,
  encodeFunctionData,
  encodeFunctionResult,
  getAddress,
  parseAbi,
  toEventSelector,
} from 'viem';
import { expect, test } from 'vitest';
import type { AbiError } from './abi-index.ts';
import { callsOf, callTree, type TracedCall, type TreeNames } from './call-tree.ts';
import type { KnownContract } from './names.ts';

const address = (digit: string) => getAddress(`0x${digit.repeat(40)}`);
const [USER, VAULT, TOKEN, LOGIC] = [address('1'), address('2'), address('3'), address('4')];
const vault = parseAbi([
  'constructor(uint256 fee)',
  'function pay(uint256 amount) returns (bool done)',
  'error Wrapped(bytes reason)',
]);
const token = parseAbi([
  'function move(uint256 amount)',
  'event Moved(uint256 amount)',
  'error Short(uint256 by)',
]);
const pay = encodeFunctionData({ abi: vault, functionName: 'pay', args: [5n] });
const move = encodeFunctionData({ abi: token, functionName: 'move', args: [5n] });
const short = encodeErrorResult({ abi: token, errorName: 'Short', args: [2n] });

const contract = (name: string, abi: KnownContract['abi']): KnownContract => ({
  ...{ name, abi, label: null, proxy: null, artifact: null, project: null },
});

function knowing(contracts: Record<string, KnownContract> = {}): TreeNames {
  const items = Object.values(contracts).flatMap(({ abi }) => abi);
  return {
    contractAt: async (at) => contracts[at] ?? null,
    createdBy: async () => null,
    labelAt: () => null,
    functions: () => [] as AbiFunction[],
    errors: (selector) =>
      items.filter((item) => item.type === 'error' && short.startsWith(selector)) as AbiError[],
    events: () => [],
  };
}
const known = knowing({ [VAULT]: contract('Vault', vault), [TOKEN]: contract('Token', token) });

const call = (from: string, to: string, input: string, more: Partial<TracedCall> = {}) => ({
  ...{ type: 'CALL', from, to, input, gas: '0x100', gasUsed: '0x20', value: '0x0' },
  ...more,
});

test('calls with their functions, arguments, results and events', async () => {
  const data = encodeAbiParameters([{ type: 'uint256' }], [5n]);
  const topic = toEventSelector('Moved(uint256)');
  const inner = call(VAULT, TOKEN, move, {
    logs: [{ address: TOKEN.toLowerCase(), topics: [topic], data, position: '0x1' }],
  });
  const output = encodeFunctionResult({ abi: vault, functionName: 'pay', result: true });
  const tree = await callTree(
    call(USER.toLowerCase(), VAULT, pay, { value: '0x7', output, calls: [inner] }),
    known,
  );
  expect(tree).toMatchObject({
    ...{ type: 'CALL', from: USER, to: VAULT, contract: 'Vault', function: 'pay(uint256)' },
    arguments: [{ name: 'amount', type: 'uint256', value: '5' }],
    result: [{ name: 'done', type: 'bool', value: true }],
    ...{ value: '7', gas: '256', gasUsed: '32', error: null, undone: false, failing: false },
  });
  expect(tree.calls).toMatchObject([
    {
      ...{ contract: 'Token', function: 'move(uint256)', result: [] },
      logs: [{ address: TOKEN, contract: 'Token', event: { name: 'Moved' }, position: 1 }],
    },
  ]);
});

test('an error is named by the contract that it comes from, all the way up', async () => {
  const failed = { error: 'execution reverted', output: short };
  const traced = call(USER, VAULT, pay, { ...failed, calls: [call(VAULT, TOKEN, move, failed)] });
  // Nothing but the token's own ABI knows the error.
  const tree = await callTree(traced, { ...known, errors: () => [] });
  expect([...callsOf(tree)]).toMatchObject([
    { error: { text: 'Short(2)' }, failing: true, undone: true, result: null },
    { error: { text: 'Short(2)' }, failing: true, undone: true },
  ]);
});

test('a call that failed and was caught is on no path, what failed afterwards is', async () => {
  const wrapped = encodeErrorResult({ abi: vault, errorName: 'Wrapped', args: [short] });
  const caught = call(VAULT, TOKEN, move, { error: 'out of gas' });
  const reason = call(VAULT, TOKEN, move, { error: 'execution reverted', output: short });
  const traced = call(USER, VAULT, pay, {
    ...{ error: 'execution reverted', output: wrapped },
    calls: [caught, reason, call(VAULT, TOKEN, move)],
  });
  const tree = await callTree(traced, known);
  expect(tree.error?.cause?.text).toBe('Short(2)');
  expect(tree.calls.map(({ failing, undone }) => [failing, undone])).toEqual([
    [false, true],
    [true, true],
    [false, true],
  ]);
  expect(tree.calls[0]?.error?.text).toBe('out of gas');
});

test('behind a proxy the logic gives the names', async () => {
  const proxy = { name: 'ERC1967Proxy', kind: 'uups', implementation: LOGIC } as const;
  const names = knowing({
    [VAULT]: { ...contract('Vault', vault), label: 'main vault', proxy },
    [LOGIC]: contract('Vault', vault),
  });
  const inner = call(VAULT, LOGIC, pay, { type: 'DELEGATECALL' });
  const tree = await callTree(call(USER, VAULT, pay, { calls: [inner] }), names);
  expect([...callsOf(tree)]).toMatchObject([
    { to: VAULT, contract: 'Vault', proxy: 'ERC1967Proxy', label: 'main vault' },
    { to: LOGIC, contract: 'Vault', proxy: null, function: 'pay(uint256)' },
  ]);
});

test('creations are named by their code, also one that failed, and so is what they create', async () => {
  const fee = encodeAbiParameters([{ type: 'uint256' }], [3n]).slice(2);
  const names: TreeNames = {
    ...knowing(),
    createdBy: async (code) =>
      code.startsWith('0x6001')
        ? { name: 'Vault', abi: vault, project: null, constructorArguments: code.slice(6) }
        : null,
  };
  const creation = { type: 'CREATE', from: USER, input: `0x6001${fee}` };
  const tree = await callTree(
    call(USER, TOKEN, '0x', {
      error: 'execution reverted',
      calls: [
        { ...creation, to: VAULT },
        call(TOKEN, VAULT, pay),
        { ...creation, type: 'CREATE2', error: 'execution reverted' },
        { ...creation, input: '0x6002', to: LOGIC },
      ],
    }),
    names,
  );
  const made = { contract: 'Vault', function: 'constructor(uint256)' };
  expect(tree.calls).toMatchObject([
    { ...made, to: VAULT, arguments: [{ name: 'fee', value: '3' }] },
    { contract: 'Vault', function: 'pay(uint256)' },
    { ...made, to: null, error: { text: 'reverted without a reason' } },
    { contract: null, function: null },
  ]);
});

test('contracts are asked for together, and each one once', async () => {
  let [waiting, most] = [0, 0];
  const asked: string[] = [];
  const contractAt = async (at: string) => {
    asked.push(at);
    most = Math.max(most, ++waiting);
    await new Promise((resolve) => setTimeout(resolve));
    waiting--;
    return null;
  };
  const inner = [VAULT, TOKEN, LOGIC, TOKEN].map((to) => call(VAULT, to.toLowerCase(), '0x'));
  await callTree(call(USER, VAULT, '0x', { calls: inner }), { ...knowing(), contractAt });
  expect(asked.sort()).toEqual([VAULT, TOKEN, LOGIC]);
  expect(most).toBe(3);
});

test('precompiled contracts have names', async () => {
  const tree = await callTree(call(USER, `0x${'0'.repeat(39)}1`, '0x12'), knowing());
  expect(tree).toMatchObject({ contract: 'precompile', function: 'ecrecover' });
});

test.each(['deep', 'wide'])(
  '5,000 calls that go %s, with others working in between',
  async (shape) => {
    const failed = { error: 'execution reverted', output: short };
    let traced: TracedCall = call(VAULT, TOKEN, move, failed);
    if (shape === 'deep') {
      for (let i = 1; i < 5000; i++)
        traced = call(TOKEN, TOKEN, move, { ...failed, calls: [traced] });
    } else {
      const calls = Array.from({ length: 4999 }, () => call(VAULT, TOKEN, move, failed));
      traced = call(USER, VAULT, pay, { ...failed, calls });
    }
    let turns = 0;
    const turning = setInterval(() => turns++);
    const tree = await callTree(traced, known);
    clearInterval(turning);
    const calls = [...callsOf(tree)];
    expect(calls).toHaveLength(5000);
    expect(calls.every(({ error }) => error?.text === 'Short(2)')).toBe(true);
    expect(calls.filter(({ failing }) => failing)).toHaveLength(shape === 'deep' ? 5000 : 2);
    expect(turns).toBeGreaterThan(0);
  },
);
