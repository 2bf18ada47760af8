import { encodeDeployData, encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SourceLine, StepFrame } from '#main/features/explorer/contract/source.ts';
import { textOf } from '#main/shared/decoded-text.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';
import { builds } from '#test/harness/solidity.ts';

const NETWORK = 'local';
const WHO = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const order = { by: WHO, amount: 41n, note: 'a note', parts: [1n, 2n], at: { x: -1, y: 2 } };
const points = [
  { x: 1, y: -1 },
  { x: 2, y: -2 },
];

/** A contract of `Values`, and what its function or constructor is given. */
const cases: [contract: string, args: unknown[], isCreation?: 'created'][] = [
  ['Words', [5n, -7]],
  ['Reassigned', [20n]],
  ['Scopes', []],
  ['Loops', [4n]],
  ['Recursion', [3n]],
  ['Texts', ['some text', '0x010203']],
  ['Arrays', [[4n, 5n, 6n]]],
  ['Structs', [order]],
  ['Calldata', ['0x0a0b0c0d', 'ein Text', [7n, 8n], ['a', 'b, c', '']]],
  ['CalldataStructs', [order, points[0], points, [3n, 4n]]],
  ['Inner', [[1n, 2n, 3n], 'in memory']],
  ['Stored', [7n]],
  ['Undone', [7n]],
  ['Enums', [1]],
  ['EnumLists', [[1, 0, 2], [2, 1], { mode: 2, both: [0, 1] }]],
  ['Tuples', []],
  ['Modifiers', [6n]],
  ['Created', [11n, 'a name'], 'created'],
  ['Base', [12n], 'created'],
  ['UsesLibrary', [4n]],
  ['Pure', [3n]],
  ['Assembly', [8n]],
  ['Caller', [9n]],
  ['Free', [5n]],
  ['OneLine', [2n]],
];

/**
 * Arguments that optimised code is told to have been called with are others by then, numbers for
 * names, or changed within the line itself.
 */
const others = new Set(['Reassigned', 'Modifiers', 'Structs', 'Enums', 'OneLine']);

let chain: FollowedChain;
beforeAll(async () => {
  chain = await FollowedChain.open();
});
afterAll(() => chain?.[Symbol.asyncDispose]());

describe.each(Object.keys(builds) as (keyof typeof builds)[])('%s', (build) => {
  const isPlain = build === 'not optimised';
  let project: InsideProject;
  beforeAll(async () => {
    project = await insideProject('src/Values.sol', build, { withLayouts: true });
    await chain.client.projects.add({ path: project.path, name: build.replaceAll(' ', '-') });
  });
  afterAll(() => project?.[Symbol.asyncDispose]());

  async function run(name: string, args: unknown[], isCreation: boolean): Promise<string> {
    const { abi = [], creation } = project.contracts.get(name) ?? {};
    const bytecode: Hex = `0x${creation?.object}`;
    if (isCreation) {
      return (await chain.send({ data: encodeDeployData({ abi, bytecode, args }) })).hash;
    }
    const { contractAddress } = await chain.send({ data: bytecode });
    const data = encodeFunctionData({ abi, functionName: 'run', args });
    return (await chain.send({ to: contractAddress, data })).hash;
  }

  /** The steps at which an event is emitted, in their order. */
  async function emitting(hash: string): Promise<SourceLine[]> {
    const { steps } = await chain.client.explorer.steps({ network: NETWORK, hash, limit: 500 });
    const isSeen = ({ text }: SourceLine) => text.includes('// seen');
    return steps.filter(
      (step, i) =>
        isSeen(step) && !(steps[i - 1]?.line === step.line && steps[i - 1]?.depth === step.depth),
    );
  }

  test.each(cases)('%s: no variable is told other than it was', async (name, args, isCreation) => {
    const hash = await run(name, args, isCreation === 'created');
    const [shown, steps] = await Promise.all([
      chain.client.explorer.transaction({ network: NETWORK, hash, trace: true }),
      emitting(hash),
    ]);
    expect([shown.status, shown.events.length > 0]).toEqual(['success', true]);
    if (isPlain) expect(steps).toHaveLength(shown.events.length);
    // Merged code may show an event's line more than once, or not at all.
    if (steps.length !== shown.events.length) return;
    for (const [i, event] of shown.events.entries()) {
      const at = { network: NETWORK, hash, step: steps[i]?.index ?? 0 };
      const { stack } = await chain.client.explorer.step(at);
      const [innermost] = stack as [StepFrame];
      const told = new Map(
        [...innermost.arguments, ...innermost.locals].map(({ name, value }) => [name, value]),
      );
      const emitted = event.arguments.map((one) => [one.name, textOf(one)] as const);
      for (const [variable, value] of emitted) {
        if (isPlain && name !== 'OneLine') {
          expect([variable, told.get(variable)]).toEqual([variable, value]);
        } else if (told.has(variable) && !others.has(name)) {
          expect([variable, told.get(variable)]).toEqual([variable, value]);
        }
      }
      if (!isPlain) expect(innermost.locals).toEqual([]);
      if (!isPlain && innermost.arguments.length > 0) expect(innermost.problem).not.toBeNull();
    }
  });

  test('functions around have their values as well, across calls of contracts', async () => {
    const hash = await run('Caller', [9n], false);
    const [first] = await emitting(hash);
    const { stack } = await chain.client.explorer.step({
      ...{ network: NETWORK, hash, step: first?.index ?? 0 },
    });
    if (!isPlain) return;
    expect(stack.map((one) => [one.contract, one.function])).toEqual([
      ['Callee', 'take'],
      ['Caller', 'run'],
    ]);
    expect(stack[0]?.arguments).toMatchObject([
      { name: 'value', type: 'uint256', value: '18' },
      { name: 'what', type: 'string calldata', value: 'in between' },
    ]);
    expect(stack[1]?.arguments).toMatchObject([{ name: 'given', value: '9' }]);
    expect(stack[1]?.locals).toMatchObject([
      { name: 'callee', type: 'Callee', value: expect.stringMatching(/^0x/) },
      { name: 'before', value: '18' },
    ]);
  });

  test.each([
    ['Loops', [40n]],
    ['Caller', [9n]],
    ['Stored', [7n]],
  ])('%s: lines take together what its instructions do', async (name, args) => {
    const hash = await run(name, args, false);
    const asked = { network: NETWORK, hash };
    const { gas } = await chain.client.explorer.transaction({ ...asked, trace: true, state: true });
    const { lines, count, problem } = await chain.client.explorer.lineGas({ ...asked, limit: 500 });
    expect([problem, lines.length]).toEqual([null, count]);
    const together = lines.reduce((sum, line) => sum + line.gas, 0);
    expect([name, together]).toEqual([name, Number(gas?.execution)]);
    const { gas: ofFile } = await chain.client.explorer.source({
      ...asked,
      file: lines[0]?.file ?? '',
    });
    const first = ofFile.find(({ line }) => line === lines[0]?.line);
    expect(first?.gas).toBe(lines[0]?.gas);
  });

  test('internal functions are told in the order in which they began, those of contracts too', async () => {
    const told = async (name: string, args: unknown[]) => {
      const hash = await run(name, args, false);
      const asked = { network: NETWORK, hash };
      const { functions, count, problem } = await chain.client.explorer.functions(asked);
      expect(functions.length).toBe(count);
      expect(problem === null).toBe(!build.includes('Yul'));
      for (const one of functions) {
        const { steps } = await chain.client.explorer.steps({ ...asked, at: one.step, limit: 1 });
        expect(steps).toMatchObject([{ call: one.call, line: one.line, function: one.function }]);
      }
      return functions.map(
        (one) => `${'.'.repeat(one.depth)}${one.isInternal ? '' : `${one.call} `}${one.function}`,
      );
    };
    const [recursion, caller] = [await told('Recursion', [2n]), await told('Caller', [9n])];
    if (!isPlain) return;
    expect(recursion).toEqual(['0 run', '.down', '..down', '...down']);
    expect(caller).toEqual(['0 run', '.2 take', '.3 take']);
    const hash = await run('Recursion', [2n], false);
    const cut = await chain.client.explorer.functions({ network: NETWORK, hash, limit: 2 });
    expect([cut.functions.length, cut.count]).toEqual([2, 4]);
  });

  test('a variable is told only where it has its value', async () => {
    if (!isPlain) return;
    const hash = await run('OneLine', [2n], false);
    const [only] = await emitting(hash);
    const at = { network: NETWORK, hash, step: only?.index ?? 0 };
    const { stack } = await chain.client.explorer.step(at);
    expect(stack[0]).toMatchObject({ arguments: [{ name: 'a', value: '2' }], locals: [] });
    const scopes = await run('Scopes', [], false);
    const [inner] = await emitting(scopes);
    const shown = await chain.client.explorer.step({
      ...at,
      hash: scopes,
      step: inner?.index ?? 0,
    });
    expect(shown.stack[0]?.locals.map(({ name }) => name)).toEqual(['first', 'inner']);
  });
});
