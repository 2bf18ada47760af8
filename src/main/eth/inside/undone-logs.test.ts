import { expect, test } from 'vitest';
import type { TracedCall } from './call-tree.ts';
import { mayMissLogs, withUndoneLogs } from './undone-logs.ts';

const [OUTER, INNER] = ['a', 'b'].map((digit) => `0x${digit.repeat(40)}`) as [string, string];
const frame = (to: string, more: Partial<TracedCall> = {}): TracedCall => ({
  ...{ type: 'CALL', from: OUTER, to, ...more },
});
const log = (address: string, position: number) => ({ address, topics: [], data: '0x', position });
const written = (address: string) => [address, [], '0x'] as const;
const error = 'execution reverted';

test('what was undone gets its events, and the rest keeps those that it had', () => {
  const caught = frame(INNER, { error, calls: [frame(INNER)] });
  const kept = { ...log(OUTER, 2), topics: ['0x01'] };
  const root = frame(OUTER, { calls: [frame(INNER), caught], logs: [kept] });
  const entries = ['(', ')', '(', written(INNER), '(', ')', written(INNER), ')', written(OUTER)];
  expect(withUndoneLogs(root, { entries, isCut: false } as never)).toEqual({
    ...root,
    calls: [
      frame(INNER),
      { ...caught, logs: [log(INNER, 0), log(INNER, 1)], calls: [frame(INNER, { logs: [] })] },
    ],
  });
});

test('through any depth', () => {
  let root = frame(INNER, { error });
  for (let i = 0; i < 20_000; i++) root = frame(INNER, { calls: [root] });
  const entries = Array.from({ length: 40_000 }, (_, i) => (i < 20_000 ? '(' : ')'));
  const whole = withUndoneLogs({ ...root, error }, { entries, isCut: false } as never);
  expect(whole?.calls).toHaveLength(1);
});

test.each([
  ['a call is missing', [written(INNER)]],
  ['there is one more', ['(', ')', '(', ')']],
  ['more ends than began', ['(', ')', ')', written(OUTER)]],
  ['what remained has an event less', ['(', written(INNER), ')']],
])('nothing is told when %s', (_, entries) => {
  const root = frame(OUTER, { calls: [frame(INNER, { error })], logs: [log(OUTER, 1)] });
  expect(withUndoneLogs(root, { entries, isCut: false } as never)).toBeNull();
});

test('only what failed and may write is looked for', () => {
  const failed = frame(INNER, { error });
  expect(mayMissLogs(frame(OUTER, { calls: [frame(INNER)] }))).toBe(false);
  expect(mayMissLogs(frame(OUTER, { calls: [failed] }))).toBe(true);
  expect(mayMissLogs({ ...failed, type: 'STATICCALL' })).toBe(false);
  expect(
    mayMissLogs(frame(OUTER, { calls: [frame(INNER, { type: 'STATICCALL', calls: [failed] })] })),
  ).toBe(false);
});
