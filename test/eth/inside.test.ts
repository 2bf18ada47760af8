import {
  type Abi,
  decodeEventLog,
  decodeFunctionData,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  type Hex,
} from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, callTree, type TracedCall, type TreeNames } from '#main/eth/inside/call-tree.ts';
import type { KnownContract } from '#main/eth/inside/names.ts';
import { PROXY_SLOTS, proxyAt } from '#main/eth/inside/proxy.ts';
import { shippedSignatures } from '#main/eth/inside/signatures.ts';
import { stateChanges, type TracedDiff } from '#main/eth/inside/state-changes.ts';
import { transfersOf } from '#main/eth/inside/transfers.ts';
import { variableChanges } from '#main/eth/inside/variable-changes.ts';
import { rpc } from '#main/eth/rpc.ts';
import { castRun } from '../harness/cast-run.ts';
import { compileSolidity, type Solidity } from '../harness/solidity.ts';
import { type Chain, deploy, SENDER, sent, startAnvil } from '../kinds/bench.ts';

const OTHER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

let chain: Chain;
let compiled: Map<string, Solidity>;
const at = new Map<string, KnownContract>();
beforeAll(async () => {
  chain = await startAnvil();
  compiled = new Map([
    ...(await compileSolidity('src/OpenZeppelin.sol')),
    ...(await compileSolidity('src/Reverts.sol')),
  ]);
});
afterAll(() => chain?.[Symbol.asyncDispose]());

const contract = (name: string) => compiled.get(name) as Solidity;
const callOf = (name: string, functionName: string, args: unknown[] = []) =>
  encodeFunctionData({ abi: contract(name).abi, functionName, args });

async function put(name: string, args: unknown[] = [], library = ''): Promise<Hex> {
  const { abi, creation } = contract(name);
  const code = creation.object.replace(/__\$.{34}\$__/g, library.slice(2));
  const data = encodeDeployData({ abi, bytecode: `0x${code}`, args });
  return know(await deploy(chain, data), name);
}

function know(address: string, name: string, proxy: KnownContract['proxy'] = null): Hex {
  const abi = [...contract(name).abi, ...(proxy?.name ? contract(proxy.name).abi : [])] as Abi;
  const key = getAddress(address);
  at.set(key, { name, abi, label: null, proxy, artifact: null, project: null });
  return key;
}

const names: TreeNames = {
  contractAt: async (address) => at.get(address) ?? null,
  labelAt: () => null,
  createdBy: async (code) => {
    const found = [...compiled.values()]
      .filter(({ creation }) => creation.object && code.startsWith(`0x${creation.object}`))
      .sort((a, b) => b.creation.object.length - a.creation.object.length)[0];
    if (!found) return null;
    const constructorArguments = code.slice(2 + found.creation.object.length);
    return { name: found.name, abi: found.abi, project: null, constructorArguments };
  },
  functions: (selector) => shippedSignatures().functions.get(selector) ?? [],
  errors: (selector) => shippedSignatures().errors.get(selector) ?? [],
  events: (topic) => shippedSignatures().events.get(topic) ?? [],
};

async function treeOf(transaction: object) {
  const hash = await sent(chain, { gas: '0x800000', ...transaction });
  const traced = await chain.rpc<TracedCall>('debug_traceTransaction', hash, {
    ...{ tracer: 'callTracer', tracerConfig: { withLog: true } },
  });
  return { hash, traced, tree: await callTree(traced, names) };
}

/** What viem makes of a value, in the form in which ours travel. */
const asJson = (value: unknown): unknown =>
  typeof value === 'bigint' || typeof value === 'number'
    ? String(value)
    : Array.isArray(value)
      ? value.map(asJson)
      : value;

test("every value of a token's calls is viem's", async () => {
  const token = await put('Token');
  const { abi } = contract('Token');
  for (const data of [
    callOf('Token', 'transfer', [OTHER, 5n]),
    callOf('Token', 'approve', [OTHER, 2n ** 256n - 1n]),
    callOf('Token', 'eip712Domain'),
    callOf('Token', 'name'),
  ]) {
    const { tree } = await treeOf({ to: token, data });
    const { functionName, args = [] } = decodeFunctionData({ abi, data });
    expect(tree.function).toMatch(new RegExp(`^${functionName}\\(`));
    expect(tree.arguments.map(({ value }) => value)).toEqual(asJson(args));
    const result = decodeFunctionResult({ abi, functionName, data: tree.output as Hex });
    const results = tree.result?.map(({ value }) => value);
    expect(results).toEqual(asJson(results?.length === 1 ? [result] : result));
    for (const { topics, data: logged, event } of tree.logs) {
      const known = decodeEventLog({ abi, topics: topics as [Hex], data: logged as Hex });
      expect([event?.name, Object.fromEntries(valuesIn(event?.arguments))]).toEqual([
        known.eventName,
        Object.fromEntries(
          Object.entries(known.args ?? {}).map(([key, one]) => [key, asJson(one)]),
        ),
      ]);
    }
  }
  const { tree } = await treeOf({ to: token, data: callOf('Token', 'transfer', [OTHER, 5n]) });
  expect(transfersOf(tree)).toEqual([
    { standard: 'erc20', token, from: getAddress(SENDER), to: OTHER, amount: '5', id: null },
  ]);
  const data = callOf('Token', 'transfer', [OTHER, 10n ** 6n]);
  expect((await treeOf({ to: token, data })).tree.error?.text).toBe(
    `ERC20InsufficientBalance(${getAddress(SENDER)}, 990, 1000000)`,
  );
});

const valuesIn = (values: readonly { name: string; value: unknown }[] = []) =>
  values.map(({ name, value }) => [name, value] as const);

describe('proxies', () => {
  const initialize = () => callOf('Logic', 'initialize', [7n]);
  const proxied = (
    proxy: string,
    kind: NonNullable<KnownContract['proxy']>['kind'],
    logic: string,
  ) => ({
    ...{ name: proxy, kind, implementation: logic },
  });

  test('of every kind are found, and calls through them have the names of their logic', async () => {
    const logic = await put('Logic');
    const beacon = await put('UpgradeableBeacon', [logic, SENDER]);
    const made: [name: string, kind: string, args: unknown[], more: object][] = [
      ['ERC1967Proxy', 'uups', [logic, initialize()], {}],
      ['TransparentUpgradeableProxy', 'transparent', [logic, SENDER, initialize()], {}],
      ['BeaconProxy', 'beacon', [beacon, initialize()], { beacon }],
    ];
    for (const [name, kind, args, more] of made) {
      const address = await put(name, args);
      expect(await proxyOf(address)).toMatchObject({ kind, implementations: [logic], ...more });
      know(address, 'Logic', proxied(name, kind as 'uups', logic));
      const { hash, tree } = await treeOf({ to: address, data: callOf('Logic', 'set', [9n]) });
      expect([...callsOf(tree)].filter(({ type }) => type !== 'STATICCALL')).toMatchObject([
        { contract: 'Logic', proxy: name, function: 'set(uint256)', arguments: [{ value: '9' }] },
        { type: 'DELEGATECALL', contract: 'Logic', proxy: null, function: 'set(uint256)' },
      ]);
      const diff = await chain.rpc<TracedDiff>('debug_traceTransaction', hash, {
        ...{ tracer: 'prestateTracer', tracerConfig: { diffMode: true } },
      });
      const slots = stateChanges(diff).find((one) => one.address === address)?.slots ?? [];
      const variables = await variableChanges(slots, contract('Logic').storageLayout as never);
      expect(variables.map(({ name, before, after }) => [name, before, after])).toEqual([
        ['value', '7', '9'],
      ]);
      const failed = await treeOf({ to: address, data: callOf('Logic', 'set', [100n]) });
      expect([...callsOf(failed.tree)].map(({ error, failing }) => [error?.text, failing])).toEqual(
        expect.arrayContaining([['too large', true]]),
      );
    }
  });

  test('their creation changes what the standards name', async () => {
    const logic = await put('Logic');
    const { abi, creation } = contract('ERC1967Proxy');
    const bytecode: Hex = `0x${creation.object}`;
    const data = encodeDeployData({ abi, bytecode, args: [logic, initialize()] });
    const { hash, tree } = await treeOf({ data });
    expect(tree).toMatchObject({
      ...{ contract: 'ERC1967Proxy', function: 'constructor(address,bytes)' },
      arguments: [{ name: 'implementation', value: logic }, { value: initialize() }],
      logs: [{ event: { name: 'Upgraded' } }],
      calls: [{ type: 'DELEGATECALL', function: 'initialize(uint256)' }],
    });
    const diff = await chain.rpc<TracedDiff>('debug_traceTransaction', hash, {
      ...{ tracer: 'prestateTracer', tracerConfig: { diffMode: true } },
    });
    const made = stateChanges(diff).find((one) => one.address === tree.to);
    const layout = contract('Logic').storageLayout as never;
    const variables = await variableChanges(made?.slots ?? [], layout);
    expect(variables.map(({ name, after }) => [name, after]).sort()).toEqual([
      ['Initializable._initialized', '1'],
      ['implementation', logic],
      ['value', '7'],
    ]);
  });

  test('those from before the standards, and diamonds', async () => {
    const logic = await put('Logic');
    const old = await put('ERC1967Proxy', [logic, initialize()]);
    await chain.rpc('anvil_setStorageAt', old, PROXY_SLOTS.implementation, word('0x0'));
    await chain.rpc('anvil_setStorageAt', old, PROXY_SLOTS.zeppelinos, word(logic));
    expect(await proxyOf(old)).toMatchObject({ kind: 'zeppelinos', implementations: [logic] });
    const diamond = await put('Diamond', [logic]);
    expect(await proxyOf(diamond)).toMatchObject({
      ...{ kind: 'diamond', implementations: [logic], selectors: [['0x01020304']] },
    });
    expect(await proxyOf(await put('Token'))).toBeNull();
    // It delegates calls, but to a library.
    const library = await put('Limits');
    expect(await proxyOf(await put('Reverts', [OTHER], library))).toBeNull();
    expect(await proxyOf(OTHER)).toBeNull();
  });
});

async function proxyOf(address: string) {
  const call = rpc(chain.url, 10_000, { batch: true });
  return proxyAt(call, address, await call<string>('eth_getCode', [address, 'latest']));
}

const word = (value: string) => `0x${value.slice(2).padStart(64, '0')}`;

/** What cast prints of a transaction's calls, in their order. */
const castCalls = async (hash: string): Promise<string[]> =>
  (await castRun(hash, chain.url)).lines.flatMap(({ text }) =>
    text.startsWith('[') ? [text.slice(text.indexOf(']') + 1)] : [],
  );

test('calls, creations, libraries and failures have the names and order that cast has', async () => {
  const library = await put('Limits');
  const callee = await put('Callee', [0n]);
  const reverts = await put('Reverts', [callee], library);
  for (const [name, args] of [
    ['create', [5n]],
    ['create', [13n]],
    ['swallowed', []],
    ['wrapped', []],
    ['limitedFar', [3n]],
    ['low', []],
  ] as const) {
    const { hash, tree } = await treeOf({ to: reverts, data: callOf('Reverts', name, [...args]) });
    const said = await castCalls(hash);
    const calls = [...callsOf(tree)];
    expect(said).toHaveLength(calls.length);
    expect(calls.map(({ failing }) => failing).includes(true)).toBe(tree.error !== null);
    for (const [i, call] of calls.entries()) {
      const text = said[i] ?? '';
      if (call.type.startsWith('CREATE')) expect(text).toMatch(/ new /);
      // Without an ABI, cast has the selector.
      else expect(text).toContain(call.input.slice(2, 10));
      expect(call.contract).not.toBeNull();
      // The compiler leaves functions that take storage out of the ABI.
      expect(call.function === null).toBe(call.contract === 'Limits');
    }
  }
  const { tree } = await treeOf({ to: reverts, data: callOf('Reverts', 'wrapped') });
  expect(tree.error).toMatchObject({ name: 'Wrapped', cause: { text: 'callee failed' } });
});
