import { expect, test } from 'vitest';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { CallNode } from '../../shared/decoded.ts';
import type { FoundTransaction } from './found-transaction.ts';
import { SourceRuns } from './source-runs.ts';
import type { SourcedArtifacts } from './sourced-codes.ts';

const [USER, FIRST, SECOND] = ['0x01', '0x02', '0x03'] as const;
/** STOP, and what calls it. */
const CODES = { [FIRST]: '0x5b00', [SECOND]: '0x5b5b00' };

const root: TracedCall = {
  ...{ type: 'CALL', from: USER, to: FIRST, input: '0x', gasUsed: '0x5208' },
  calls: [{ type: 'CALL', from: FIRST, to: SECOND, input: '0x' }],
};
const node = { gasUsed: '21000', calls: [{ gasUsed: '0', calls: [] }] } as unknown as CallNode;
const found = {
  transaction: { hash: '0xaa', from: USER, to: FIRST, gas: '0x1', value: '0x0', input: '0x' },
  block: { hash: '0xbb', number: '0x1' },
  recorded: {
    preState: Object.fromEntries(Object.entries(CODES).map(([at, code]) => [at, { code }])),
  },
} as unknown as FoundTransaction;

/** Two contracts, of which some are compiled; and how often the node followed each instruction. */
function opened() {
  const compiled = new Set<string>();
  const counted = { replays: 0 };
  const artifacts: SourcedArtifacts = {
    byRuntime: (code) => (compiled.has(code) ? { id: code.length } : null),
    byCreation: () => null,
    get: (id) =>
      ({
        name: `C${id}`,
        abi: [],
        ...{
          runtimeCode: '5b5b00'.slice(-(id - 2)),
          runtimeSourceMap: '0:8:0:-',
          compilation: null,
        },
        sources: [{ id: 0, path: 'src/C.sol', text: 'contract C {}' }],
      }) as unknown as ReturnType<SourcedArtifacts['get']>,
  };
  const from = {
    name: 'local',
    async *instructions() {
      counted.replays++;
      yield [
        { pc: 0, op: 'CALL', depth: 1, gas: 9 },
        { pc: 0, op: 'JUMPDEST', depth: 2, gas: 8 },
      ];
    },
  } as unknown as ReadNetwork;
  const runs = new SourceRuns(artifacts);
  const run = () => runs.of(from, found, async () => ({ root, tree: node, problem: null }));
  return { compiled, counted, run };
}

test('no node follows a transaction of which no source is known', async () => {
  const { counted, run } = opened();
  const done = await run();
  expect(counted.replays).toBe(0);
  expect('ran' in done && [done.ran.run.count, done.ran.missing(0), done.ran.missing(1)]).toEqual([
    ...[0, `no project here has compiled the code at ${FIRST}`],
    `no project here has compiled the code at ${SECOND}`,
  ]);
});

test('one of which some source is missing is followed once, and again when more is compiled', async () => {
  const { compiled, counted, run } = opened();
  compiled.add(CODES[FIRST]);
  const first = await run();
  expect(await run()).toBe(first);
  expect(counted.replays).toBe(1);
  compiled.add(CODES[SECOND]);
  const second = await run();
  expect(second).not.toBe(first);
  expect(counted.replays).toBe(2);
  expect(await run()).toBe(second);
});
