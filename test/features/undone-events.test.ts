import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf } from '#main/eth/inside/call-tree.ts';
import type { CallNode } from '#main/shared/decoded.ts';
import { callsAsCast, withoutNames } from '#test/harness/cast-lines.ts';
import { type CastCall, castRun } from '#test/harness/cast-run.ts';
import { FollowedChain } from '#test/harness/followed-chain.ts';

const at = (digit: string): Hex => `0x${digit.repeat(40)}`;
const [LOGS, DELEGATES, TOO_LONG, FAILS, CATCHES, LOOPS] = [...'abcdef'].map(at) as Hex[];
const to = (address = '') => `73${address.slice(2)}`;
const call = (address?: string, gas = '5a') => `5f5f5f5f5f${to(address)}${gas}f150`;
/** LOG0 of 32 bytes, LOG1 of none that begin far outside, LOG4 of memory that was never written. */
const logs = `60aa5f5260205fa060015f7f${'f'.repeat(64)}a160046003600260016005610100a400`;
const NO_LOG = '5f5fa0';

const code = new Map([
  [LOGS, logs],
  [DELEGATES, `5f5f5f5f${to(LOGS)}5af450${NO_LOG}00`],
  // More than it can pay for, when it is given little.
  [TOO_LONG, '620100005fa000'],
  [
    FAILS,
    [
      ...[call(LOGS), call(DELEGATES), call(TOO_LONG, '611388')],
      ...[`5f5f5f5f${to(LOGS)}61fffffa50`, NO_LOG, call(DELEGATES), '5f5ffd'],
    ].join(''),
  ],
  [CATCHES, `${call(DELEGATES)}${call(FAILS)}${NO_LOG}00`],
  [LOOPS, '5b5f56'],
]);

let chain: FollowedChain;
beforeAll(async () => {
  chain = await FollowedChain.open();
  for (const [address, bytes] of code) {
    await chain.call('anvil_setCode', [address, `0x${bytes}`]);
  }
});
afterAll(() => chain?.[Symbol.asyncDispose]());

const show = (hash: string) =>
  chain.client.explorer.transaction({ network: 'local', hash, trace: true });

test('events of what failed are told as cast run tells them, also after a restart', async () => {
  const { rpcUrl } = await chain.client.chains.get({ chain: 'local' });
  const before = new Map<string, Awaited<ReturnType<typeof show>>>();
  for (const [address, undone, kept] of [
    [FAILS, 12, 0],
    [CATCHES, 12, 5],
  ] as const) {
    const { hash } = await chain.send({ to: address });
    const shown = await show(hash);
    before.set(hash, shown);
    expect(shown.traceProblem).toBeNull();
    const root = shown.trace as CallNode;
    const { calls } = await castRun(hash, rpcUrl as string);
    expect(callsAsCast(root, calls[0] as CastCall)).toEqual(calls.map(withoutNames));
    const all = [...callsOf(root)];
    const count = (isUndone: boolean) =>
      all.reduce((sum, one) => sum + (one.undone === isUndone ? one.logs.length : 0), 0);
    expect([count(true), count(false)]).toEqual([undone, kept]);
    expect(shown.events).toHaveLength(kept);
  }
  await chain.recorded();
  await chain.client.chains.restart({ chain: 'local' });
  for (const [hash, shown] of before) expect(await show(hash)).toEqual(shown);
});

test('of one that ran too long it is said that they may be missing', async () => {
  const { hash } = await chain.send({ to: LOOPS });
  const shown = await show(hash);
  expect(shown.trace?.error?.text).toBe('out of gas');
  expect(shown.traceProblem).toBe(
    'Events of calls that failed may be missing: local could not follow each instruction: it ran too many instructions.',
  );
});
