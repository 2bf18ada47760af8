import { encodeFunctionData } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stateChanges, type TracedDiff } from '#main/eth/inside/state-changes.ts';
import type { StorageLayout } from '#main/eth/inside/storage-layout.ts';
import { preimagesIn, type TracedWrites, WRITES_TRACER } from '#main/eth/inside/traced-writes.ts';
import { variableChanges } from '#main/eth/inside/variable-changes.ts';
import { builds, compileSolidity, type Solidity } from '../harness/solidity.ts';
import { type Chain, deploy, SENDER, sent, startAnvil } from '../kinds/bench.ts';

const WHO = '0x00000000000000000000000000000000DeaDBeef';
const LONG = 'a text that is longer than one slot of thirty-two bytes can hold, and than two';

let chain: Chain;
beforeAll(async () => {
  chain = await startAnvil();
});
afterAll(() => chain?.[Symbol.asyncDispose]());

describe.each(Object.entries(builds))('%s', (_, settings) => {
  let contract: Solidity;
  let address: string;
  beforeAll(async () => {
    const contracts = await compileSolidity('src/Stored.sol', settings);
    contract = contracts.get('Stored') as Solidity;
    address = await deploy(chain, `0x${contract.creation.object}`);
  });

  /** What a call changes, as `name before → after`. */
  async function changes(functionName: string, args: unknown[] = []): Promise<string[]> {
    const data = encodeFunctionData({ abi: contract.abi, functionName, args });
    const call = { from: SENDER, to: address, data, gas: '0x1000000' };
    const writes = await chain.rpc<TracedWrites>('debug_traceCall', call, 'latest', WRITES_TRACER);
    const hash = await sent(chain, call);
    const diff = await chain.rpc<TracedDiff>('debug_traceTransaction', hash, {
      ...{ tracer: 'prestateTracer', tracerConfig: { diffMode: true } },
    });
    const slots = stateChanges(diff).find((one) => one.address.toLowerCase() === address)?.slots;
    const layout = contract.storageLayout as StorageLayout;
    const variables = await variableChanges(slots ?? [], layout, preimagesIn(writes));
    return variables.map(({ name, before, after }) => `${name} ${before} → ${after}`);
  }

  test('values, alone and several in a slot', async () => {
    expect(await changes('values')).toEqual([
      'plain 1 → 7',
      `owner 0x${'0'.repeat(40)} → ${WHO}`,
      ...['paused false → true', 'mode 0 → 1', 'small 0 → -3'],
      ...['price 0 → 9', 'id 0x00000000 → 0x01020304', 'few[17] 0 → 5', 'last 0 → 2'],
    ]);
  });

  test('lists, of lists and of structs too', async () => {
    const found = await changes('lists_');
    expect(found).toEqual(
      expect.arrayContaining([
        ...['packed.length 0 → 42', 'packed[0] 0 → 1', 'packed[1] 0 → 2', 'packed[41] 0 → 39'],
        ...['grid.length 0 → 2', 'grid[1].length 0 → 1', 'grid[1][0] 0 → 11'],
        ...['box.marks.length 0 → 1', 'box.marks[0] 0 → 8', 'boxes.length 0 → 2'],
        ...['boxes[1].size 0 → 4', 'boxes[1].open false → true', 'boxes[1].marks[0] 0 → 6'],
      ]),
    );
    expect(found.filter((one) => !/^(packed|grid|box|boxes)[.[]/.test(one))).toEqual([]);
  });

  test('strings and bytes, short and long', async () => {
    expect(await changes('texts', ['short', '0x0102'])).toEqual([
      ...['text  → short', 'data 0x → 0x0102', 'box.label  → short'],
    ]);
    const bytes = `0x${'ab'.repeat(70)}`;
    expect(await changes('texts', [LONG, bytes])).toEqual([
      ...[`text short → ${LONG}`, `data 0x0102 → ${bytes}`, `box.label short → ${LONG}`],
    ]);
    // Only the last part changed: what the others hold isn't known.
    const edited = await changes('texts', [LONG.replace(/two$/, '2!!'), bytes]);
    expect(edited.map((one) => one.split(' ')[0])).toEqual(
      expect.arrayContaining(['text[64…95]', 'box.label[64…95]']),
    );
    expect(edited).toHaveLength(2);
    expect(await changes('texts', ['', '0x'])).toEqual([
      expect.stringMatching(/^text .* 2!! → $/),
      ...[`data ${bytes} → 0x`, expect.stringMatching(/^box.label .* 2!! → $/)],
    ]);
  });

  test('mappings with their keys, of mappings, structs and lists too', async () => {
    const found = await changes('maps', [WHO, 'a "name"']);
    const named = String.raw`named["a \"name\""]`;
    const checked = expect.stringMatching(
      /^allowances\[0x0+DeaDBeef\]\[0x[0-9a-fA-F]{40}\] 0 → 6$/,
    );
    expect(found.sort()).toEqual(
      [
        `balances[${WHO}] 0 → 5`,
        ...['lists[3].length 0 → 1', 'lists[3][0] 0 → 4'],
        `flags[0x${'1'.padStart(64, '0')}] false → true`,
        ...[`${named}.size 0 → 7`, `${named}.rates[0xaabbccdd] 0 → -8`],
        `${named}.label  → in a map`,
        checked,
      ].sort(),
    );
  });

  test('a slot of no variable stays as it is', async () => {
    const word = (digit: string) => `0x${digit.padStart(64, '0')}`;
    expect(await changes('raw')).toEqual([`null ${word('0')} → ${word('5')}`]);
  });
});
