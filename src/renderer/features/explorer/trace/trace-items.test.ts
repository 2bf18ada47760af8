import { expect, test } from 'vitest';
import type { CallNode, LogNode } from '#main/shared/decoded.ts';
import {
  around,
  failedItem,
  foldedAtFirst,
  isCall,
  isFunction,
  type RanFunction,
  sameItem,
  shownItems,
  traceItems,
} from './trace-items.ts';

const call = (
  contract: string | null,
  gasUsed: number,
  more: Partial<CallNode> = {},
): CallNode => ({
  ...{ type: 'CALL', from: '0x01', to: `0x${contract}`, contract, proxy: null, label: null },
  ...{
    function: 'f()',
    arguments: [],
    argumentsProblem: null,
    result: [],
    error: null,
    value: '0',
    gas: '1000',
  },
  ...{
    gasUsed: String(gasUsed),
    selfGas: '0',
    input: '0x',
    output: '0x',
    undone: false,
    failing: false,
  },
  ...{ logs: [], calls: [] },
  ...more,
});
const log = (position: number): LogNode => ({
  ...{ address: '0x01', event: null, contract: null, label: null },
  ...{ topics: [], data: '0x', position },
});
const names = (items: ReturnType<typeof traceItems>) =>
  items.map((item) => `${'.'.repeat(item.depth)}${isCall(item) ? item.call.contract : 'log'}`);

test('events stand between the calls that they were written between', () => {
  const root = call('A', 100, {
    calls: [call('B', 10, { calls: [call('C', 5)] }), call('D', 20)],
    logs: [log(0), log(1), log(2)],
  });
  expect(names(traceItems(root))).toEqual(['A', '.log', '.B', '..C', '.log', '.D', '.log']);
});

test('gas lies in order of execution, within that of the call around it', () => {
  const root = call('A', 100, { calls: [call('B', 10), call('C', 30)] });
  const [, b, c] = traceItems(root).filter(isCall);
  expect([b?.start, b?.share]).toEqual([0.2, 0.1]);
  expect([c?.start, c?.share]).toEqual([0.5, 0.3]);
});

test('foreign and repeated calls begin folded, what failed never does', () => {
  const foreign = call(null, 5, { calls: [call('E', 1)] });
  const same = () => call('B', 10, { input: '0x01', calls: [call('C', 5)] });
  const failing = call(null, 9, { failing: true, calls: [call('F', 1, { failing: true })] });
  const items = traceItems(call('A', 100, { calls: [same(), same(), foreign, failing] }));
  const folded = foldedAtFirst(items);
  expect(names([...shownItems(items, folded)])).toEqual([
    ...['A', '.B', '..C', '.B', '.null', '.null', '..F'],
  ]);
  const failed = failedItem(items);
  expect(items[failed]).toMatchObject({ call: { contract: 'F' } });
  expect(around(items, failed)).toEqual([0, failed - 1]);
});

test('internal functions stand between the calls that they ran between, as deep as they ran', () => {
  const root = call('A', 100, { calls: [call('B', 10), call('C', 5)] });
  const ran = (call: number, depth: number, step: number, isInternal = true): RanFunction => ({
    ...{ call, depth, step, isInternal, contract: null, function: `${call}-${step}` },
    ...{ file: 'A.sol', line: 1 },
  });
  const functions = [
    ...[ran(0, 0, 0, false), ran(0, 1, 2), ran(0, 2, 3), ran(1, 1, 5, false)],
    ...[ran(1, 2, 6), ran(0, 1, 8), ran(2, 1, 9, false), ran(0, 1, 12)],
  ];
  const items = traceItems(root, functions);
  const lines = items.map((item) => {
    const name = isFunction(item) ? item.ran.function : isCall(item) ? item.call.contract : 'log';
    return `${'.'.repeat(item.depth)}${name}`;
  });
  expect(lines).toEqual(['A', '.0-2', '..0-3', '.B', '..1-6', '.0-8', '.C', '.0-12']);
  expect(sameItem(traceItems(root), items[3])).toBe(1);
});

test('a tree as deep as calls can go', () => {
  let deep = call('A', 1);
  for (let i = 0; i < 1024; i++) deep = call('A', 1, { calls: [deep] });
  expect(traceItems(deep)).toHaveLength(1025);
});
