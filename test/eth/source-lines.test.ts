import { encodeDeployData, encodeFunctionData } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TracedCall } from '#main/eth/inside/call-tree.ts';
import { sourceStack } from '#main/eth/inside/source-stack.ts';
import { type SourceStep, sourceSteps } from '#main/eth/inside/source-steps.ts';
import type { SourcedCode } from '#main/eth/inside/sourced-code.ts';
import type { Instruction } from '#main/eth/instructions.ts';
import { builds, compileSolidity, type Solidity } from '../harness/solidity.ts';
import { type Chain, deploy, startAnvil } from '../kinds/bench.ts';

const STRANGER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

let chain: Chain;
beforeAll(async () => {
  chain = await startAnvil();
});
afterAll(() => chain?.[Symbol.asyncDispose]());

/** A function of `Reverts`, its arguments, and the comment on the line in which it fails first. */
const calls: [name: string, args: unknown[], line: string, stack: string][] = [
  ['requires', [50n], 'require', 'requires'],
  ['guarded', [], 'modifier', 'guarded'],
  ['overflow', [5n], 'overflow', 'add < overflow'],
  ['divide', [5n, 0n], 'division', 'divide'],
  ['asserts', [0n], 'assert', 'asserts'],
  ['outOfBounds', [9n], 'bounds', 'outOfBounds'],
  ['toMode', [7n], 'enum', 'toMode'],
  ['popAll', [], 'pop', 'popAll'],
  ['limited', [200n], 'library', 'check < limited'],
  ['limitedFar', [3n], 'linked library', 'checkFar < limitedFar'],
  ['nested', [], 'callee', 'fail < nested'],
  ['low', [], 'callee', 'fail < low'],
  ['bubbled', [], 'callee', 'fail < bubbled'],
  ['wrapped', [], 'callee', 'fail < wrapped'],
  ['silent', [], 'silent', 'failSilently < silent'],
  ['recursive', [2n], 'overridden', 'hook < hook < hook < hook < hook < hook < recursive'],
  ['late', [], 'behind the body', 'late'],
  ['allocate', [2n ** 64n], 'allocation', 'allocate'],
  ['pointer', [false], 'pointer', 'pointer'],
  ['convert', [-1n], 'in a loop', 'convert'],
  ['steal', [], 'transfer', 'steal'],
  ['mixed', [], 'callee', 'fail < mixed'],
  ['empty', [], 'no code', 'empty'],
  ['create', [13n], 'constructor', 'constructor < create'],
];
/** Where the caller fails in turn. */
const callers: Record<string, string> = {
  nested: 'bubbling call',
  low: 'low-level',
  bubbled: 'assembly',
  wrapped: 'wrapped',
  silent: 'silent call',
  limitedFar: 'far call',
  create: 'failing creation',
};

/** A clone has no storage at first. */
const needStorage = new Set([
  'nested',
  'mixed',
  'low',
  'bubbled',
  'wrapped',
  'silent',
  'limitedFar',
]);

describe.each(Object.entries(builds))('%s', (_, settings) => {
  const isExact = !('viaIR' in settings);
  let contracts: Map<string, Solidity>;
  let reverts: string;
  let clone: string;
  const codes = new Map<string, SourcedCode>();
  const contract = (name: string) => contracts.get(name) as Solidity;

  const put = async (name: string, args: unknown[] = [], library = '') => {
    const { abi, creation } = contract(name);
    const code = creation.object.replace(/__\$.{34}\$__/g, library.slice(2));
    const address = await deploy(chain, encodeDeployData({ abi, bytecode: `0x${code}`, args }));
    codes.set(address, contract(name).sourced.runtime);
    return address;
  };

  beforeAll(async () => {
    contracts = await compileSolidity('src/Reverts.sol', settings);
    const library = await put('Limits');
    const callee = await put('Callee', [0n]);
    reverts = await put('Reverts', [callee], library);
    // A minimal proxy, which has no source.
    clone = await deploy(
      chain,
      `0x3d602d80600a3d3981f3363d3d373d3d3d363d73${reverts.slice(2)}5af43d82803e903d91602b57fd5bf3`,
    );
  });

  async function failuresOf(transaction: object) {
    const asked = [{ from: STRANGER, gas: '0x200000', ...transaction }, 'latest'];
    const root = await chain.rpc<TracedCall>('debug_traceCall', ...asked, { tracer: 'callTracer' });
    const { structLogs: steps } = await chain.rpc<{ structLogs: Instruction[] }>(
      'debug_traceCall',
      ...asked,
      { disableStorage: true },
    );
    const codeOf = async ({ type, to = '' }: TracedCall) =>
      type.startsWith('CREATE') ? contract('Callee').sourced.creation : (codes.get(to) ?? null);
    const found: SourceStep[] = [];
    let next = 0;
    for await (const step of sourceSteps({ steps: [steps], root, codeOf })) {
      expect(step.first).toBe(next);
      next += step.count;
      if (step.failure) found.push(step);
    }
    expect(next).toBe(steps.length);
    return found;
  }

  const says = (step: SourceStep | undefined, comment: string) => {
    const { source, start, length } = step?.place ?? {};
    const from = source?.lineAndColumn(start ?? 0).line ?? 0;
    const to = source?.lineAndColumn((start ?? 0) + (length ?? 0)).line ?? 0;
    const lines = source?.text.split('\n').slice(from - 1, to) ?? [];
    return lines.some((line) => line.endsWith(`// line: ${comment}`)) && lines.length < 4;
  };

  test.each(calls)('%s fails where its source says so', async (functionName, args, line, stack) => {
    const data = encodeFunctionData({ abi: contract('Reverts').abi, functionName, args });
    for (const to of needStorage.has(functionName) ? [reverts] : [reverts, clone]) {
      const failures = await failuresOf({ to, data });
      const [first] = failures;
      expect(first?.failure).toMatchObject({ isExact: isExact || expect.any(Boolean) });
      // What was mixed by the optimizer is right, or said to be near.
      if (first?.failure?.isExact)
        expect([says(first, line), namesIn(first)]).toEqual([true, stack]);
      const caller = callers[functionName];
      if (caller && isExact) expect(says(failures[1], caller)).toBe(true);
    }
  });

  test('in a file that another one imports', async () => {
    const tokens = await compileSolidity('src/Token.sol', settings);
    const { abi, creation, sourced } = tokens.get('Token') as Solidity;
    const to = await deploy(chain, `0x${creation.object}`);
    codes.set(to, sourced.runtime);
    const args = [reverts, 5n];
    const data = encodeFunctionData({ abi, functionName: 'transfer', args });
    const [failure] = await failuresOf({ to, data });
    const { source, start = 0, length } = failure?.place ?? {};
    expect(source?.path).toBe('@openzeppelin/contracts/token/ERC20/ERC20.sol');
    expect(source?.slice(start, length ?? 0)).toMatch(/ERC20InsufficientBalance\(|^fromBalance/);
    if (isExact && failure) expect(namesIn(failure)).toBe('_update < _transfer < transfer');
  });

  test('a creation that fails', async () => {
    const { abi, creation } = contract('Callee');
    const data = encodeDeployData({ abi, bytecode: `0x${creation.object}`, args: [13n] });
    const [failure] = await failuresOf({ data });
    expect([says(failure, 'constructor'), failure && namesIn(failure)]).toEqual([
      true,
      'constructor',
    ]);
  });

  test('one that runs out of gas in a loop', async () => {
    const data = encodeFunctionData({ abi: contract('Callee').abi, functionName: 'burn' });
    const to = [...codes].find(([, code]) => code === contract('Callee').sourced.runtime)?.[0];
    const [failure] = await failuresOf({ to, data, gas: '0x20000' });
    expect(says(failure, 'out of gas')).toBe(true);
  });
});

const namesIn = ({ frame }: SourceStep): string =>
  sourceStack(frame)
    .map(({ declaration }) => declaration.name)
    .join(' < ');
