import { expect, test } from 'vitest';
import { type CountedCall, GasTally } from './tally.ts';

const call = (name: string, depth: number, gas: number, failed = false): CountedCall => ({
  ...{ kind: 'call', contract: 'Vault', project: null, address: null, through: null },
  ...{ function: name, depth, gas, own: 1, failed, codeSize: null },
});

async function totals(calls: readonly CountedCall[]): Promise<Record<string, unknown>> {
  const tally = new GasTally();
  for (const one of calls) tally.add(one);
  const rows = await tally.rows();
  return Object.fromEntries(rows.map((row) => [row.function, [row.calls, row.gas?.total]]));
}

test('what a function takes by calling itself counts once in its total, and its calls each', async () => {
  const calls = [call('f()', 0, 100), call('g()', 1, 60), call('f()', 2, 50), call('f()', 3, 20)];
  expect(await totals(calls)).toEqual({ 'f()': [3, 100], 'g()': [1, 60] });
  const tally = new GasTally();
  for (const one of calls) tally.add(one);
  expect((await tally.rows())[0]?.gas).toEqual({
    ...{ min: 20, median: 50, mean: 57, max: 100, total: 100 },
  });
});

test('calls side by side, and those of other transactions, count each', async () => {
  expect(
    await totals([
      ...[call('f()', 0, 100), call('g()', 1, 30), call('g()', 1, 30)],
      ...[call('f()', 0, 100), call('g()', 1, 30)],
    ]),
  ).toEqual({ 'f()': [2, 200], 'g()': [3, 90] });
});

test('within one that failed, and is not counted, the outermost that went through counts', async () => {
  expect(await totals([call('f()', 0, 100, true), call('f()', 1, 60), call('f()', 2, 20)])).toEqual(
    { 'f()': [3, 60] },
  );
});
