import {
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  maxUint256,
  toFunctionSelector,
} from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';
import { builds } from '#test/harness/solidity.ts';
import { tellsLine, toldStack } from '#test/harness/told-source.ts';

const NETWORK = 'local';

let chain: FollowedChain;
beforeAll(async () => {
  chain = await FollowedChain.open();
});
afterAll(() => chain?.[Symbol.asyncDispose]());

/** A function of `Failures`, its arguments, the comment on the line in which it fails first. */
const calls: [name: string, args: unknown[], line: string, stack: string][] = [
  ['underflow', [6n], 'underflow', 'underflow'],
  ['product', [2n ** 200n], 'product', 'product'],
  ['power', [1000n], 'power', 'power'],
  ['negate', [-(2n ** 255n)], 'negation', 'negate'],
  ['remainder', [0n], 'remainder', 'remainder'],
  ['inMemory', [3n], 'bounds in memory', 'inMemory'],
  ['inCalldata', [[1n], 1n], 'bounds in calldata', 'inCalldata'],
  ['part', ['0x0102', 9n], 'slice', 'part'],
  ['deep', [1n, 2n], 'bounds in storage', 'deep'],
  ['find', [9n], 'in a library after a loop', 'indexOf < find'],
  ['far', [8n], 'in a library far away', 'half < far'],
  ['twice', [], 'nested modifier', 'inner < twice'],
  ['sign', [-1n], 'modifier of this contract', 'sign'],
  ['inherited', [1n], 'internal override', 'checked < inherited'],
  ['caught', [], 'product', 'product < caught'],
  ['caughtCreation', [], 'arithmetic in a constructor', 'constructor < caughtCreation'],
  ['twoCreations', [], 'created before', 'twoCreations'],
  ['writesInView', [], 'write in a static call', 'set < writesInView'],
  ['wrongWords', [], 'what was returned does not fit', 'wrongWords'],
  ['invalid', [], 'invalid', 'invalid'],
  ['chooses', [false], 'choice', 'chooses'],
  ['either', [0n], 'either', 'either'],
  ['longer', [maxUint256, 1n], 'over several lines', 'longer'],
];

/** Functions of `Failures` with arguments that they don't fail with. */
const successes: [name: string, args: unknown[]][] = [
  ['product', [2n]],
  ['remainder', [3n]],
  ['inMemory', [1n]],
  ['inCalldata', [[1n], 0n]],
  ['sign', [1n]],
  ['chooses', [true]],
  ['either', [6n]],
  ['longer', [1n, 2n]],
];

describe.each(Object.keys(builds) as (keyof typeof builds)[])('%s', (build) => {
  const isByYul = 'viaIR' in builds[build];
  let project: InsideProject;
  const failed: { name: string; hash: string; line: string; stack: string }[] = [];
  const before = new Map<string, TransactionDetail>();
  /** What failed before a function has begun; of what another function has called, the line of that. */
  const outside: { hash: string; by?: [name: string, line: string] }[] = [];
  /** What succeeded: the function that was called. */
  const succeeded: { name: string; hash: string }[] = [];

  const creationOf = (name: string, args: unknown[], library = ''): Hex => {
    const { abi = [], creation } = project.contracts.get(name) ?? {};
    const code = creation?.object.replace(/__\$.{34}\$__/g, library.slice(2));
    return encodeDeployData({ abi, bytecode: `0x${code}`, args });
  };
  const put = async (name: string, args: unknown[] = [], library = '') =>
    (await chain.send({ data: creationOf(name, args, library) })).contractAddress;
  const callOf = (functionName: string, args: unknown[]) =>
    encodeFunctionData({ abi: project.contracts.get('Failures')?.abi ?? [], functionName, args });

  beforeAll(async () => {
    project = await insideProject('src/Failures.sol', build);
    await chain.client.projects.add({ path: project.path, name: build.replaceAll(' ', '-') });
    const library = await put('Lists');
    const failures = await put('Failures', [], library);
    const strict = await put('Strict', [5n]);
    const note = async (
      name: string,
      [line, stack]: [line: string, stack: string],
      transaction: Parameters<typeof chain.send>[0],
    ) => {
      const { hash } = await chain.send(transaction);
      failed.push({ name, hash, line, stack });
    };
    for (const [name, args, line, stack] of calls) {
      await note(name, [line, stack], { to: failures, data: callOf(name, args) });
    }
    const proxy = await put('ERC1967Proxy', [strict, toFunctionSelector('answer()')]);
    for (const [where, to, way] of [
      ['', strict, ''],
      [' behind a proxy', proxy, ' < _delegate < _fallback < fallback'],
    ] as const) {
      await note(`receive${where}`, ['receive', `receive${way}`], { to, value: '0x1' });
      await note(`fallback${where}`, ['fallback', `fallback${way}`], { to, data: '0x01020304' });
    }
    const bubbles = callOf('bubbles', [strict]);
    const way = 'fallback < callNoReturn < functionCallWithValue < functionCall < bubbles';
    await note('bubbles', ['fallback', way], { to: failures, data: bubbles });
    const created = ['arithmetic in a constructor', 'constructor'] as [string, string];
    await note('a creation', created, { data: creationOf('Strict', [0n]) });
    for (const by of [
      ['noSuchFunction', 'no such function'],
      ['pays', 'takes no ether'],
    ] as [name: string, line: string][]) {
      const { hash } = await chain.send({ to: failures, data: callOf(by[0], []) });
      outside.push({ hash, by });
    }
    for (const transaction of [
      { to: await put('Plain'), data: '0x01020304' },
      { to: failures, data: callOf('sign', [1n]), value: '0x1' },
      { to: failures, data: callOf('sign', [1n]).slice(0, 30) as Hex },
    ] as const) {
      outside.push({ hash: (await chain.send(transaction)).hash });
    }
    for (const [name, args] of successes) {
      const { hash } = await chain.send({ to: failures, data: callOf(name, args) });
      succeeded.push({ name, hash });
    }
    await chain.recorded();
  }, 120_000);

  afterAll(() => project?.[Symbol.asyncDispose]());

  const show = (hash: string): Promise<TransactionDetail> =>
    chain.client.explorer.transaction({ network: NETWORK, hash, trace: true, source: true });

  test('each failed transaction tells the line and the functions that led to it', async () => {
    const wrong: unknown[] = [];
    for (const { name, hash, line, stack } of failed) {
      const shown = await show(hash);
      before.set(hash, shown);
      expect([name, shown.status, shown.traceProblem]).toEqual([name, 'reverted', null]);
      const told = tellsLine(shown, line) && toldStack(shown) === stack;
      const { source, sourceProblem } = shown;
      const isSaid = isByYul && sourceProblem?.includes('by way of Yul') && !source?.isExact;
      if (!told && !isSaid)
        wrong.push([name, source?.position.line, toldStack(shown), sourceProblem]);
      const outermost = source?.stack.findLast(({ call }) => call === 0);
      const called = stack.split(' < ').at(-1);
      if (outermost && outermost.function !== called) wrong.push([name, toldStack(shown)]);
    }
    expect(wrong).toEqual([]);
  });

  test('what fails outside of the body of a function says so', async () => {
    for (const { hash, by } of outside) {
      const { source, sourceProblem } = await show(hash);
      expect(sourceProblem).not.toBeNull();
      // By way of Yul, code that all functions share is told of.
      if (isByYul) {
        expect(sourceProblem).toMatch(/by way of Yul|come from no line/);
        continue;
      }
      expect(source).not.toBeNull();
      expect(sourceProblem).toContain('outside of the body of a function');
      if (!by) continue;
      const [name, line] = by;
      expect(source?.stack).toMatchObject([
        { call: 1, contract: 'Plain', function: null, position: source?.position },
        { call: 0, contract: 'Failures', function: name },
      ]);
      const { excerpt, line: at = 0 } = source?.stack[1]?.position ?? {};
      expect(excerpt?.lines[at - excerpt.firstLine]).toMatch(new RegExp(`// line: ${line}$`));
    }
  });

  test('each call that succeeds is in the function that it named, and in no other', async () => {
    for (const { name, hash } of succeeded) {
      const asked = { network: NETWORK, hash };
      const shown = await chain.client.explorer.transaction(asked);
      const { functions, problem } = await chain.client.explorer.functions(asked);
      const outermost = functions.filter(({ isInternal }) => !isInternal);
      expect([name, shown.status]).toEqual([name, 'success']);
      // By way of Yul no line may be left of it.
      if (!isByYul || outermost.length > 0)
        expect(outermost.map((one) => one.function)).toEqual([name]);
      const { problem: ofSteps } = await chain.client.explorer.steps(asked);
      for (const told of [problem, ofSteps]) {
        if (isByYul) expect(told).toContain('by way of Yul');
        else expect(told).toBeNull();
      }
    }
  });

  test('the same is told when the chain has forgotten it in a restart', async () => {
    await chain.client.chains.restart({ chain: NETWORK });
    for (const { hash } of failed) expect(await show(hash)).toEqual(before.get(hash));
  });
});
