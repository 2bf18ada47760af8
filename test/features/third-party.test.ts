import {
  type Abi,
  decodeErrorResult,
  decodeEventLog,
  decodeFunctionData,
  decodeFunctionResult,
  encodeAbiParameters,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  type Hex,
  maxUint256,
  parseEther,
  toFunctionSelector,
  zeroAddress,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Db, openDb } from '#main/db/open.ts';
import { callsOf, type TracedCall } from '#main/eth/inside/call-tree.ts';
import { plainOf } from '#main/eth/inside/decoded-value.ts';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import type { CallNode, DecodedValue, TransactionGas } from '#main/shared/decoded.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import { callsAsCast, linesAsCast, withoutNames } from '#test/harness/cast-lines.ts';
import { type CastCall, castRun } from '#test/harness/cast-run.ts';
import { type Client, openDoor } from '#test/harness/doors.ts';
import { recorded } from '#test/harness/indexed.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { type ThirdParty, thirdParty, whyNoThirdParty } from '#test/harness/third-party.ts';

const NETWORK = 'local';
/** anvil's first account, whose key is public. */
const OWNER = privateKeyToAccount(
  '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
);
const OTHER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const LATER = 2n ** 40n;
const TOKEN = 'ERC20PresetFixedSupply';
const supply = ['Token', 'TKN', 1_000_000n, OWNER.address];
/** The first test of a machine installs a hundred megabytes. */
const INSTALL_MS = 300_000;

const why = await whyNoThirdParty();

describe.skipIf(skipAloud('contracts of others', why))('contracts of others', () => {
  let core: TestApp;
  let client: Client;
  let call: Rpc;
  let url: string;
  let db: Db;
  let published: ThirdParty;
  /** What stands at an address, of a proxy what it passes its calls on to. */
  const standing = new Map<string, string>();
  const proxies = new Map<string, string>();
  const sentAll: { hash: string; title: string }[] = [];
  const before = new Map<string, TransactionDetail>();
  /** How much there was to compare. */
  const compared = new Map<string, number>();

  beforeAll(async () => {
    published = await thirdParty();
    core = await openTestApp({ follow: true });
    db = openDb(core.home);
    client = (await openDoor('in-process', core.app)).client;
    await client.projects.add({ path: published.path, name: 'published' });
    const { rpcUrl } = await client.chains.start({ chain: NETWORK });
    url = rpcUrl as string;
    call = rpc(url);
  }, INSTALL_MS);

  afterAll(async () => {
    db?.close();
    await core?.[Symbol.asyncDispose]();
    await published?.[Symbol.asyncDispose]();
  });

  const abiOf = (name: string): Abi => published.contracts.get(name)?.abi ?? [];

  /** Mined, whether it fails or not. */
  async function send(title: string, transaction: { to?: string; data: Hex; value?: bigint }) {
    const { value = 0n, ...rest } = transaction;
    const asked = {
      ...{ from: OWNER.address, gas: '0x989680', value: `0x${value.toString(16)}` },
      ...rest,
    };
    const hash = await call<string>('eth_sendTransaction', [asked]);
    const receipt = await vi.waitFor(async () => {
      const found = await call<{ status: string; contractAddress: string } | null>(
        'eth_getTransactionReceipt',
        [hash],
      );
      expect(found).not.toBeNull();
      return found;
    });
    sentAll.push({ hash, title });
    return { hash, ok: receipt?.status === '0x1', created: receipt?.contractAddress ?? '' };
  }

  async function put(name: string, args: unknown[] = [], behind?: string): Promise<Hex> {
    const { abi, bytecode } = published.contracts.get(name) as { abi: Abi; bytecode: Hex };
    const made = await send(`new ${name}`, { data: encodeDeployData({ abi, bytecode, args }) });
    expect([name, made.ok]).toEqual([name, true]);
    return know(made.created, behind ?? name, behind && name);
  }

  function know(address: string, name: string, proxy?: string): Hex {
    const at = getAddress(address);
    standing.set(at, name);
    if (proxy !== undefined) proxies.set(at, proxy);
    return at;
  }

  /** Calls a function of what is known to stand at an address. */
  const use = (to: string, functionName: string, args: unknown[], value = 0n, fails = false) =>
    callAs(standing.get(getAddress(to)) ?? '', functionName, args, { to, value, fails });

  async function callAs(
    name: string,
    functionName: string,
    args: unknown[],
    { to, value = 0n, fails = false }: { to: string; value?: bigint; fails?: boolean },
  ): Promise<void> {
    // Of functions with one name that with as many arguments.
    const abi = abiOf(name).filter(
      (item) =>
        item.type !== 'function' ||
        item.name !== functionName ||
        item.inputs.length === args.length,
    );
    const data = encodeFunctionData({ abi, functionName, args });
    const { ok } = await send(`${name}.${functionName}`, { to, data, value });
    expect([functionName, ok]).toEqual([functionName, !fails]);
  }

  async function ask<T>(to: string, functionName: string, args: unknown[] = []): Promise<T> {
    const abi = abiOf(standing.get(getAddress(to)) ?? '');
    const data = encodeFunctionData({ abi, functionName, args });
    const output = await call<Hex>('eth_call', [{ to, data, from: OWNER.address }, 'latest']);
    return decodeFunctionResult({ abi, functionName, data: output }) as T;
  }

  /** A token of which the owner has enough. */
  async function filled(): Promise<Hex> {
    const token = await put('WETH9');
    await use(token, 'deposit', [], parseEther('1'));
    return token;
  }

  test('Uniswap v2: a pair is created, filled and traded in', async () => {
    const weth = await put('WETH9');
    const factory = await put('UniswapV2Factory', [OWNER.address]);
    const router = await put('UniswapV2Router02', [factory, weth]);
    const tokens = [await filled(), await filled()];
    for (const token of tokens) await use(token, 'approve', [router, maxUint256]);
    const [a = '', b = ''] = tokens;
    const amounts = [100_000n, 200_000n, 0n, 0n];
    await use(factory, 'createPair', [a, b]);
    know(await ask(factory, 'getPair', [a, b]), 'UniswapV2Pair');
    await use(router, 'addLiquidity', [a, b, ...amounts, OWNER.address, LATER]);
    const swap = 'swapExactTokensForTokens';
    await use(router, swap, [1000n, 1n, [a, b], OTHER, LATER]);
    await use(router, 'addLiquidityETH', [a, 1000n, 0n, 0n, OWNER.address, LATER], 5000n);
    know(await ask(factory, 'getPair', [a, weth]), 'UniswapV2Pair');
    await use(router, 'swapExactETHForTokens', [1n, [weth, a], OTHER, LATER], 500n);
    await use(router, swap, [1000n, 10n ** 9n, [a, b], OTHER, LATER], 0n, true);
    await use(router, swap, [1000n, 1n, [a, b], OTHER, 1n], 0n, true);
  });

  test('Uniswap v3: a pool is created, filled and traded in', async () => {
    const weth = await put('WETH9');
    const factory = await put('UniswapV3Factory');
    const positions = await put('NonfungiblePositionManager', [factory, weth, OTHER]);
    const router = await put('SwapRouter', [factory, weth]);
    const made = [await filled(), await filled()];
    const [token0 = '', token1 = ''] = made.toSorted((x, y) => (BigInt(x) < BigInt(y) ? -1 : 1));
    for (const token of made) {
      for (const spender of [positions, router]) await use(token, 'approve', [spender, maxUint256]);
    }
    const price = 2n ** 96n;
    await use(positions, 'createAndInitializePoolIfNecessary', [token0, token1, 3000, price]);
    know(await ask(factory, 'getPool', [token0, token1, 3000]), 'UniswapV3Pool');
    const pool = { token0, token1, fee: 3000, tickLower: -60, tickUpper: 60 };
    const amounts = { amount0Desired: 100_000n, amount1Desired: 100_000n };
    const least = { amount0Min: 0n, amount1Min: 0n };
    const whose = { recipient: OWNER.address, deadline: LATER };
    await use(positions, 'mint', [{ ...pool, ...amounts, ...least, ...whose }]);
    const traded = { tokenIn: token0, tokenOut: token1, fee: 3000, ...whose };
    const limits = { amountOutMinimum: 0n, sqrtPriceLimitX96: 0n };
    await use(router, 'exactInputSingle', [{ ...traded, ...limits, amountIn: 100n }]);
    const tooMuch = { ...limits, amountOutMinimum: 10n ** 12n };
    await use(router, 'exactInputSingle', [{ ...traded, ...tooMuch, amountIn: 100n }], 0n, true);
    const closed = { ...least, liquidity: 1000n, tokenId: 1n, deadline: LATER };
    const calls = [
      encodeFunctionData({
        abi: abiOf('NonfungiblePositionManager'),
        ...{ functionName: 'decreaseLiquidity', args: [closed] },
      }),
    ];
    await use(positions, 'multicall', [calls]);
  });

  test('Safe: transactions of a safe behind its proxy', async () => {
    const singleton = await put('Safe');
    const factory = await put('SafeProxyFactory');
    const owners = [OWNER.address];
    const setUp = encodeFunctionData({
      ...{ abi: abiOf('Safe'), functionName: 'setup' },
      args: [owners, 1n, zeroAddress, '0x', zeroAddress, zeroAddress, 0n, zeroAddress],
    });
    const safe = await ask<Hex>(factory, 'createProxyWithNonce', [singleton, setUp, 7n]);
    await use(factory, 'createProxyWithNonce', [singleton, setUp, 7n]);
    know(safe, 'Safe', 'SafeProxy');
    const token = await put(TOKEN, supply);
    await use(token, 'transfer', [safe, 500n]);
    // Approved by its sender.
    const signature = encodeAbiParameters(
      [{ type: 'address' }, { type: 'uint256' }],
      [OWNER.address, 0n],
    );
    const signed = `${signature}01`;
    const execute = (to: string, data: Hex, by = signed) => [
      ...[to, 0n, data, 0, 0n, 0n, 0n, zeroAddress, zeroAddress, by],
    ];
    const transfer = encodeFunctionData({
      ...{ abi: abiOf(TOKEN), functionName: 'transfer', args: [OTHER, 20n] },
    });
    await use(safe, 'execTransaction', execute(token, transfer));
    const added = encodeFunctionData({
      ...{ abi: abiOf('Safe'), functionName: 'addOwnerWithThreshold', args: [OTHER, 1n] },
    });
    await use(safe, 'execTransaction', execute(safe, added));
    const unknown = signed.replace(OWNER.address.slice(2).toLowerCase(), '3'.repeat(40));
    await use(safe, 'execTransaction', execute(token, transfer, unknown), 0n, true);
  });

  test('Permit2: a signed permit, and a transfer by it', async () => {
    const permit2 = await put('Permit2');
    const token = await put(TOKEN, supply);
    await use(token, 'approve', [permit2, maxUint256]);
    const details = { token, amount: 1000n, expiration: 2 ** 40, nonce: 0 };
    const permit = { details, spender: OWNER.address, sigDeadline: LATER };
    const signature = await OWNER.signTypedData({
      domain: { name: 'Permit2', chainId: 31337, verifyingContract: permit2 },
      types: {
        PermitSingle: [
          { name: 'details', type: 'PermitDetails' },
          { name: 'spender', type: 'address' },
          { name: 'sigDeadline', type: 'uint256' },
        ],
        PermitDetails: [
          { name: 'token', type: 'address' },
          { name: 'amount', type: 'uint160' },
          { name: 'expiration', type: 'uint48' },
          { name: 'nonce', type: 'uint48' },
        ],
      },
      primaryType: 'PermitSingle',
      message: permit,
    });
    const one = (name: string, args: unknown[], fails = false) =>
      callAs('Permit2', name, args, { to: permit2, fails });
    await one('permit', [OWNER.address, permit, signature]);
    await one('transferFrom', [OWNER.address, OTHER, 600n, token]);
    await one('transferFrom', [OWNER.address, OTHER, 600n, token], true);
    await one('permit', [OWNER.address, permit, signature], true);
  });

  test('a diamond: facets are cut in, used and cut out', async () => {
    const cut = await put('DiamondCutFacet');
    const loupe = await put('DiamondLoupeFacet');
    const ownership = await put('OwnershipFacet');
    const selectors = (name: string) =>
      abiOf(name).flatMap((item) => (item.type === 'function' ? [toFunctionSelector(item)] : []));
    const add = (facetAddress: string, name: string) => ({
      ...{ facetAddress, action: 0, functionSelectors: selectors(name) },
    });
    const facets = [add(cut, 'DiamondCutFacet'), add(loupe, 'DiamondLoupeFacet')];
    const diamond = await put('Diamond', [OWNER.address, facets, []]);
    const through = (name: string, functionName: string, args: unknown[], fails = false) =>
      callAs(name, functionName, args, { to: diamond, fails });
    const owned = add(ownership, 'OwnershipFacet');
    await through('DiamondCutFacet', 'diamondCut', [[owned], zeroAddress, '0x']);
    await through('OwnershipFacet', 'transferOwnership', [OWNER.address]);
    await through('DiamondLoupeFacet', 'facets', []);
    await through('DiamondCutFacet', 'diamondCut', [[owned], zeroAddress, '0x'], true);
    standing.set(diamond, 'DiamondCutFacet');
    proxies.set(diamond, 'Diamond');
  });

  test('OpenZeppelin: a timelock, a vesting wallet, proxies and a clone', async () => {
    const token = await put(TOKEN, supply);
    const wallet = await put('VestingWallet', [OTHER, 0n, 1n]);
    await use(token, 'transfer', [wallet, 50n]);
    await callAs('VestingWallet', 'release', [token], { to: wallet });
    const roles = [OWNER.address];
    const timelock = await put('TimelockController', [0n, roles, roles, OWNER.address]);
    const data = encodeFunctionData({
      ...{ abi: abiOf(TOKEN), functionName: 'approve', args: [OTHER, 1n] },
    });
    const none = `0x${'0'.repeat(64)}`;
    await use(timelock, 'schedule', [token, 0n, data, none, none, 0n]);
    await use(timelock, 'execute', [token, 0n, data, none, none]);
    await use(timelock, 'execute', [token, 0n, data, none, none], 0n, true);
    const behind = [
      await put('ERC1967Proxy', [token, data], TOKEN),
      await put('TransparentUpgradeableProxy', [token, OTHER, data], TOKEN),
    ];
    const { created } = await send('a clone', {
      data: `0x3d602d80600a3d3981f3363d3d373d3d3d363d73${token.slice(2) as ''}5af43d82803e903d91602b57fd5bf3`,
    });
    for (const proxy of [...behind, know(created, TOKEN, 'clone')]) {
      await use(proxy, 'approve', [OTHER, 9n]);
      await use(proxy, 'transfer', [OTHER, 9n], 0n, true);
    }
  });

  const show = (hash: string): Promise<TransactionDetail> =>
    client.explorer.transaction({ network: NETWORK, hash, trace: true });

  test("every call is the node's, and all of its names and values are those of the packages", async () => {
    for (const { hash, title } of sentAll) {
      const shown = await show(hash);
      before.set(hash, shown);
      const traced = await call<TracedCall>('debug_traceTransaction', [
        hash,
        { tracer: 'callTracer', tracerConfig: { withLog: true } },
      ]);
      expect(shown.traceProblem).toBeNull();
      const nodes = [...callsOf(shown.trace as CallNode)];
      // Nodes leave out what was written and undone: cast tells it.
      const theirs = [...tracedCalls(traced)].map((one, i) => ofNode(one, nodes[i]?.undone));
      expect(nodes.map(asTraced), title).toEqual(theirs);
      for (const node of nodes) {
        const wrong = differencesOf(node);
        expect(wrong, `${title}: ${node.contract}.${node.function}`).toEqual([]);
      }
      for (const event of shown.events) {
        const { contract, topics, data } = event;
        const known = decodedBy([...abiOf(contract ?? ''), ...allEvents()], (abi) =>
          decodeEventLog({ abi, topics: topics as [Hex], data: data as Hex }),
        );
        const args = plainOf({ type: 'tuple', value: event.arguments });
        expect([event.name, args], title).toEqual([known?.eventName, asJson(known?.args ?? [])]);
      }
    }
    const enough = { proxy: 120, arguments: 120, result: 100, 'error arguments': 12 };
    for (const [what, least] of Object.entries(enough)) {
      expect(compared.get(what), what).toBeGreaterThan(least);
    }
  });

  test('every call is that of cast run, and its tree says line by line what cast prints', async () => {
    const met = { calls: 0, events: 0, undone: 0, refunds: 0, floors: 0 };
    const types = new Set<string>();
    for (const { hash, title } of sentAll) {
      const shown = await show(hash);
      expect(shown.traceProblem).toBeNull();
      const root = shown.trace as CallNode;
      const ran = await castRun(hash, url);
      const own = ran.calls[0] as CastCall;
      expect(callsAsCast(root, own), title).toEqual(ran.calls.map(withoutNames));
      expect(linesAsCast(root, ran), title).toEqual(ran.lines);
      // Of the transaction's own call cast tells neither what comes before it nor what was given
      // back, or that its calldata costs more than it used: the whole transaction has all of these.
      const { base, calldata, creation, lists, floor } = shown.gas as TransactionGas;
      const before = BigInt(base) + BigInt(calldata) + BigInt(creation) + BigInt(lists);
      const spent = own.gasUsed + before;
      const back = own.refund < spent / 5n ? own.refund : spent / 5n;
      expect([title, root.gas]).toEqual([title, String(own.gas + before)]);
      expect([title, root.gasUsed]).toEqual([title, floor ?? String(spent - back)]);
      expect([title, root.gasUsed]).toEqual([title, ran.gasUsed]);
      if (floor !== null) expect(spent - back).toBeLessThan(BigInt(floor));
      for (const node of callsOf(root)) {
        types.add(node.type);
        met.calls++;
        met.events += node.logs.length;
        if (node.undone) met.undone += node.logs.length;
      }
      if (back > 0n) met.refunds++;
      if (floor !== null) met.floors++;
    }
    expect(sentAll.length).toBeGreaterThanOrEqual(73);
    const every = ['CALL', 'CREATE', 'CREATE2', 'DELEGATECALL', 'STATICCALL'];
    expect([...types].sort()).toEqual(every);
    const enough = { calls: 167, events: 92, undone: 3, refunds: 8, floors: 1 };
    for (const [what, least] of Object.entries(enough)) {
      expect(met[what as keyof typeof met], what).toBeGreaterThanOrEqual(least);
    }
  });

  test('the same is told when the chain has forgotten it in a restart', async () => {
    await recorded(db, NETWORK, call);
    await client.chains.restart({ chain: NETWORK });
    for (const { hash, title } of sentAll)
      expect(await show(hash), title).toEqual(before.get(hash));
  });

  const allEvents = (): Abi =>
    [...published.contracts.values()].flatMap(({ abi }) =>
      abi.filter(({ type }) => type === 'event'),
    );
  const allErrors = (): Abi =>
    [...published.contracts.values()].flatMap(({ abi }) =>
      abi.filter(({ type }) => type === 'error'),
    );

  /** What is not as viem says with the ABI of the package. */
  function differencesOf(node: CallNode): unknown[] {
    const wrong: unknown[] = [];
    const compare = (what: string, ours: unknown, theirs: unknown) => {
      compared.set(what, (compared.get(what) ?? 0) + 1);
      if (JSON.stringify(ours) !== JSON.stringify(theirs)) wrong.push({ what, ours, theirs });
    };
    // Of a diamond, the facet that ran; of what it does itself, the first one.
    const ran = proxies.has(node.to ?? '')
      ? node.calls.find(({ type, input }) => type === 'DELEGATECALL' && input === node.input)
      : undefined;
    const name = standing.get(ran?.to ?? node.to ?? '');
    const isCreation = node.type.startsWith('CREATE');
    if (name !== undefined && !isCreation) {
      compare('contract', node.contract, name);
      compare('proxy', node.proxy, proxies.get(node.to ?? '') ?? null);
    }
    const data = node.input as Hex;
    const abi =
      name === 'DiamondCutFacet' && proxies.has(node.to ?? '')
        ? diamondAbi()
        : abiOf(node.contract ?? '');
    if (!isCreation && data.length >= 10) {
      const called = decodedBy(abi, (known) => decodeFunctionData({ abi: known, data }));
      if (called) {
        compare('function', node.function?.split('(')[0], called.functionName);
        compare('arguments', argumentsOf(node.arguments), asJson(called.args ?? []));
        const outputs = node.result;
        if (node.error === null && outputs) {
          const { functionName } = called;
          const item = abi.filter(
            (one) => one.type !== 'function' || toFunctionSelector(one) === data.slice(0, 10),
          );
          const result =
            node.output === '0x'
              ? []
              : decodeFunctionResult({ abi: item, functionName, data: node.output as Hex });
          compare('result', argumentsOf(outputs), asJson(outputs.length === 1 ? [result] : result));
        }
      } else if (name !== undefined) wrong.push({ what: 'unknown', data: data.slice(0, 10) });
    }
    if (node.error && node.output.length > 2) {
      const failed = decodedBy([...abi, ...allErrors()], (known) =>
        decodeErrorResult({ abi: known, data: node.output as Hex }),
      );
      compare('error', node.error.name, failed?.errorName);
      compare('error arguments', argumentsOf(node.error.arguments), asJson(failed?.args ?? []));
    }
    return wrong;
  }

  const diamondAbi = (): Abi =>
    ['Diamond', 'DiamondCutFacet', 'DiamondLoupeFacet', 'OwnershipFacet'].flatMap((name) => [
      ...abiOf(name),
    ]);
});

/** undefined: viem doesn't know it. */
function decodedBy<T>(abi: Abi, decode: (abi: Abi) => T): T | undefined {
  try {
    return decode(abi);
  } catch {
    return undefined;
  }
}

const argumentsOf = (values: readonly DecodedValue[]): unknown => values.map(plainOf);

/** What viem makes of values, in the form in which ours travel. */
function asJson(value: unknown): unknown {
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asJson(one)]));
  }
  return value;
}

function* tracedCalls(root: TracedCall): Generator<TracedCall> {
  yield root;
  for (const inner of root.calls ?? []) yield* tracedCalls(inner);
}

const asTraced = ({ type, from, to, input, output, value, gasUsed, ...rest }: CallNode) => ({
  ...{ type, from, to, input, output, value, gasUsed, failed: rest.error !== null },
  logs: rest.undone ? null : rest.logs.map(({ topics, data }) => [topics, data]),
});

const ofNode = (
  { type, from, to, input, output, value, gasUsed, logs = [], error }: TracedCall,
  undone = false,
) => ({
  ...{ type, from: getAddress(from as Hex), to: to === undefined ? null : getAddress(to) },
  ...{ input, output: output ?? '0x', value: BigInt(value || 0).toString() },
  ...{ gasUsed: BigInt(gasUsed ?? 0).toString(), failed: error !== undefined },
  logs: undone ? null : logs.map(({ topics, data }) => [topics, data]),
});
