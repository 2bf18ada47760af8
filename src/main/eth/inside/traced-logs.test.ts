import { expect, test } from 'vitest';
import type { TracedCall } from './call-tree.ts';
import { tracedLogs } from './traced-logs.ts';

const log = (data: string, position: string | number) => ({
  ...{ address: '0x01', topics: [], data, position },
});
const call = { type: 'CALL', from: '0x00' };

test('logs come in the order of the calls between them, without those of calls that failed', () => {
  const failed = { ...call, error: 'execution reverted', logs: [log('gone', 0)] };
  const inner = { ...call, logs: [log('second', '0x0')] };
  const outer = {
    ...call,
    calls: [inner, failed],
    logs: [log('fourth', 2), log('first', '0x0'), log('third', 1)],
  };
  expect([...tracedLogs(outer)].map(({ data }) => data)).toEqual([
    'first',
    'second',
    'third',
    'fourth',
  ]);
});

test('a log without a position comes behind the calls, and no depth is too deep', () => {
  let deep: TracedCall = { ...call, logs: [log('inner', 0)] };
  for (let i = 0; i < 20_000; i++) deep = { ...call, calls: [deep] };
  const outer = { ...deep, logs: [{ address: '0x01', data: 'outer' }] };
  expect([...tracedLogs(outer)].map(({ data }) => data)).toEqual(['inner', 'outer']);
});
