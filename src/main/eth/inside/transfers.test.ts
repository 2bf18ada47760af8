import { encodeAbiParameters, encodeEventTopics, getAddress, parseAbi } from 'viem';
import { expect, test } from 'vitest';
import { callTree, type TracedCall } from './call-tree.ts';
import { transfersOf } from './transfers.ts';

const address = (digit: string) => getAddress(`0x${digit.repeat(40)}`);
const [A, B, TOKEN] = [address('1'), address('2'), address('3')];
const uints = (...values: bigint[]) =>
  encodeAbiParameters(
    values.map(() => ({ type: 'uint256' })),
    values,
  );
const erc20 = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)']);
const erc721 = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 indexed id)',
]);
const erc1155 = parseAbi([
  'event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value)',
  'event TransferBatch(address indexed operator, address indexed from, address indexed to, uint256[] ids, uint256[] values)',
]);
const topics = (abi: unknown, args: object, eventName?: string) =>
  encodeEventTopics({ abi, args, eventName } as never) as string[];
const sent20 = {
  ...{ address: TOKEN, topics: topics(erc20, { from: A, to: B }), data: uints(5n) },
};
const call = (more: Partial<TracedCall> = {}): TracedCall => ({
  ...{ type: 'CALL', from: A, to: B, value: '0x0' },
  ...more,
});
const transfers = async (root: TracedCall) =>
  transfersOf(
    await callTree(root, {
      contractAt: async () => null,
      createdBy: async () => null,
      labelAt: () => null,
      ...{ functions: () => [], errors: () => [], events: () => [] },
    }),
  );

test('ether and tokens of every standard', async () => {
  const batch = encodeAbiParameters(
    [{ type: 'uint256[]' }, { type: 'uint256[]' }],
    [
      [1n, 2n],
      [3n, 4n],
    ],
  );
  const ends = { operator: A, from: A, to: B };
  const logs = [
    sent20,
    { address: TOKEN, topics: topics(erc721, { ...ends, id: 9n }), data: '0x' },
    { address: TOKEN, topics: topics(erc1155, ends, 'TransferSingle'), data: uints(7n, 8n) },
    { address: TOKEN, topics: topics(erc1155, ends, 'TransferBatch'), data: batch },
    { address: TOKEN, topics: ['0x12'], data: '0x' },
  ];
  const of = { token: TOKEN, from: A, to: B };
  expect(await transfers(call({ value: '0x10', logs }))).toEqual([
    { ...of, standard: 'ether', token: null, amount: '16', id: null },
    { ...of, standard: 'erc20', amount: '5', id: null },
    { ...of, standard: 'erc721', amount: '1', id: '9' },
    { ...of, standard: 'erc1155', amount: '8', id: '7' },
    { ...of, standard: 'erc1155', amount: '3', id: '1' },
    { ...of, standard: 'erc1155', amount: '4', id: '2' },
  ]);
});

test('they are in the order in which they happened', async () => {
  const log = (value: bigint, position: number) => ({
    ...{ ...sent20, data: uints(value), position },
  });
  const inner = call({ value: '0x2', logs: [log(3n, 0)] });
  const root = call({
    ...{ value: '0x0', logs: [log(1n, 0), log(4n, 1), log(6n, 2)] },
    calls: [inner, call({ value: '0x5' })],
  });
  const amounts = (await transfers(root)).map(({ amount }) => amount);
  expect(amounts).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('nothing was sent with a delegated call, or with what was undone', async () => {
  const undone = { error: 'execution reverted', logs: [sent20] };
  const root = call({
    calls: [
      call({ type: 'DELEGATECALL', value: '0x5' }),
      call({ type: 'CALLCODE', value: '0x5' }),
      call({ ...undone, value: '0x5', calls: [call({ value: '0x6', logs: [sent20] })] }),
      call({ type: 'CREATE', value: '0x7', to: undefined, error: 'out of gas' }),
      call({ type: 'SELFDESTRUCT', value: '0x8' }),
    ],
  });
  expect((await transfers(root)).map(({ amount }) => amount)).toEqual(['8']);
});
