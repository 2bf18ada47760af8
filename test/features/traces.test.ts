import { encodeDeployData, encodeFunctionData } from 'viem';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rpc } from '#main/eth/rpc.ts';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';
import { type InsideProject, insideProject } from '#test/harness/inside-project.ts';
import { killChain } from '#test/harness/kill-chain.ts';
import { builds } from '#test/harness/solidity.ts';
import { tellsLine, toldStack } from '#test/harness/told-source.ts';

const NETWORK = 'local';

let chain: FollowedChain;
beforeAll(async () => {
  chain = await FollowedChain.open();
});
afterAll(() => chain?.[Symbol.asyncDispose]());

const show = (hash: string, call?: number): Promise<TransactionDetail> =>
  chain.client.explorer.transaction({ network: NETWORK, hash, trace: true, source: true, call });

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
  ['empty', [], 'no code', 'empty'],
  ['create', [13n], 'constructor', 'constructor < create'],
];
/** A clone has no storage at first. */
const needStorage = new Set(['nested', 'low', 'bubbled', 'wrapped', 'silent', 'limitedFar']);

describe.each(Object.keys(builds) as (keyof typeof builds)[])('%s', (build) => {
  let project: InsideProject;
  const failed: { name: string; hash: string; line: string; stack: string }[] = [];
  let made: string;
  const before = new Map<string, TransactionDetail>();

  beforeAll(async () => {
    project = await insideProject('src/Reverts.sol', build);
    await chain.client.projects.add({ path: project.path, name: build.replaceAll(' ', '-') });
    const put = async (name: string, args: unknown[] = [], library = '') => {
      const contract = project.contracts.get(name);
      const code = contract?.creation.object.replace(/__\$.{34}\$__/g, library.slice(2));
      const abi = contract?.abi ?? [];
      const data = encodeDeployData({ abi, bytecode: `0x${code}`, args });
      return (await chain.send({ data })).contractAddress;
    };
    const library = await put('Limits');
    const callee = await put('Callee', [0n]);
    const reverts = await put('Reverts', [callee], library);
    const { contractAddress: clone } = await chain.send({
      data: `0x3d602d80600a3d3981f3363d3d373d3d3d363d73${reverts.slice(2) as ''}5af43d82803e903d91602b57fd5bf3`,
    });
    const owner = (await chain.call<string[]>('eth_accounts'))[0];
    const abi = project.contracts.get('Reverts')?.abi ?? [];
    for (const [functionName, args, line, stack] of calls) {
      const data = encodeFunctionData({ abi, functionName, args });
      for (const to of needStorage.has(functionName) ? [reverts] : [reverts, clone]) {
        // Its owner may.
        if (functionName === 'guarded' && to === reverts) continue;
        const { hash } = await chain.send({ to, data });
        failed.push({
          name: `${functionName} of ${to === clone ? 'a clone' : owner}`,
          hash,
          line,
          stack,
        });
      }
    }
    made = (
      await chain.send({
        data: encodeFunctionData({ abi, functionName: 'create', args: [5n] }),
        to: reverts,
      })
    ).hash;
    const { abi: calleeAbi = [], creation } = project.contracts.get('Callee') ?? {};
    const bytecode = `0x${creation?.object}` as const;
    const { hash } = await chain.send({
      data: encodeDeployData({ abi: calleeAbi, bytecode, args: [13n] }),
    });
    failed.push({ name: 'a creation', hash, line: 'constructor', stack: 'constructor' });
    await chain.recorded();
  }, 60_000);

  afterAll(() => project?.[Symbol.asyncDispose]());

  test('each failed transaction tells the line and the functions that led to it', async () => {
    const wrong: unknown[] = [];
    for (const { name, hash, line, stack } of failed) {
      const shown = await show(hash);
      before.set(hash, shown);
      expect(shown).toMatchObject({ status: 'reverted', takenBack: false, traceProblem: null });
      const told = tellsLine(shown, line) && toldStack(shown) === stack;
      const isSaid = shown.sourceProblem !== null;
      if (!told && !isSaid) wrong.push([name, shown.source?.position.line, toldStack(shown)]);
      if (!('viaIR' in builds[build]) && !told) wrong.push([name, shown.sourceProblem]);
    }
    expect(wrong).toEqual([]);
  });

  test('its steps end where it failed, and lead back over what was called and out of it', async () => {
    const nested = failed.find(({ name }) => name.startsWith('nested'));
    const asked = { network: NETWORK, hash: nested?.hash ?? '' };
    const { steps, at, failed: index, files, count } = await chain.client.explorer.steps(asked);
    const step = (i: number | null | undefined) => steps.find((one) => one.index === i);
    expect([index, step(at)?.index, files]).toEqual([at, at, ['src/Reverts.sol']]);
    if ('viaIR' in builds[build]) return;
    expect(step(at)).toMatchObject({ function: 'fail', text: expect.stringMatching(/callee$/) });
    const caller = step(step(at)?.back);
    expect(caller).toMatchObject({ function: 'nested', call: 0 });
    expect(step(caller?.into)?.call).toBe(step(at)?.call);
    // Each call begins in its own code; the whole is shown a part at a time.
    const first = await chain.client.explorer.steps({ ...asked, call: 0, limit: 1 });
    expect(first).toMatchObject({ at: 0, count, steps: [{ index: 0, call: 0, back: null }] });
    const sum = {
      ...asked,
      hash:
        failed.find(({ line, name }) => line === 'overflow' && !name.endsWith('clone'))?.hash ?? '',
    };
    const { at: last } = await chain.client.explorer.steps(sum);
    const { stack } = await chain.client.explorer.step({ ...sum, step: last });
    expect(stack.map((one) => one.function)).toEqual(['add', 'overflow']);
    expect(stack[0]?.arguments).toMatchObject([
      { name: 'a', type: 'uint256', value: '5' },
      { name: 'b', type: 'uint256', value: (2n ** 256n - 1n).toString() },
    ]);
    const { path, text } = await chain.client.explorer.source({ ...asked, file: files[0] ?? '' });
    expect(text.split('\n')[(step(at)?.line ?? 0) - 1]).toBe(step(at)?.text);
    expect(path).toBe('src/Reverts.sol');
  });

  test('a call that did not fail tells where it was made', async () => {
    const whole = await show(made);
    expect(whole.source).toBeNull();
    expect(whole.sourceProblem).toContain('did not fail');
    const shown = await show(made, 1);
    if (!('viaIR' in builds[build])) expect(tellsLine(shown, 'failing creation')).toBe(true);
    expect((await show(made, 9)).sourceProblem).toContain('There is no call 9');
  });

  test('the same is told when the chain has forgotten it in a restart', async () => {
    await chain.client.chains.restart({ chain: NETWORK });
    for (const { hash } of failed) expect(await show(hash)).toEqual(before.get(hash));
  });
});

test('what a revert took back is shown as it was, and as it is once it is back', async () => {
  const taken = await chain.client.chains.snapshot({ chain: NETWORK });
  const project = await insideProject('src/Reverts.sol');
  await chain.client.projects.add({ path: project.path, name: 'taken-back' });
  const { abi = [], creation } = project.contracts.get('Callee') ?? {};
  const bytecode = `0x${creation?.object}` as const;
  const { hash, contractAddress } = await chain.send({
    data: encodeDeployData({ abi, bytecode, args: [1n] }),
  });
  const failing = await chain.send({
    to: contractAddress,
    data: encodeFunctionData({ abi, functionName: 'fail' }),
  });
  await chain.recorded();
  const shown = [await show(hash), await show(failing.hash)];
  expect(shown[0]?.created).toMatchObject({ contract: 'Callee' });
  const { leftBehind } = await chain.client.chains.revert({ chain: NETWORK, snapshot: taken.id });
  const gone = shown.map((one) => ({ ...one, takenBack: true }));
  expect([await show(hash), await show(failing.hash)]).toEqual(gone);
  await chain.recorded();
  expect([await show(hash), await show(failing.hash)]).toEqual(gone);
  await chain.client.chains.revert({ chain: NETWORK, snapshot: leftBehind?.id as number });
  expect([await show(hash), await show(failing.hash)]).toEqual(shown);
  await chain.client.chains.start({ chain: NETWORK });
  await project[Symbol.asyncDispose]();
});

test('what was mined while no core ran, or just before the chain was killed', async () => {
  const { hash } = await chain.send({ value: '0x1', to: `0x${'2'.repeat(40)}` });
  await chain.recorded();
  await killChain(await chain.client.chains.get({ chain: NETWORK }));
  await vi.waitFor(async () =>
    expect((await chain.client.chains.get({ chain: NETWORK })).status).toBe('stopped'),
  );
  await chain.startAgain();
  // Either the chain has saved it, or what was recorded is there.
  expect((await show(hash)).trace?.value).toBe('1');
});

test('a chain that is removed takes along what was recorded of it', async () => {
  await chain.client.networks.save({ name: 'short', kind: 'local' });
  const { rpcUrl } = await chain.client.chains.start({ chain: 'short' });
  const short = rpc(rpcUrl as string);
  const [from] = await short<string[]>('eth_accounts');
  const hash = await short<string>('eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
  await vi.waitFor(() => expect(chain.store.find('short', hash, null)).not.toBeNull());
  await chain.client.chains.stop({ chain: 'short' });
  await chain.client.networks.remove({ name: 'short' });
  expect(chain.store.find('short', hash, null)).toBeNull();
});
