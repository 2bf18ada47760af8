import {
  type AbiEvent,
  encodeAbiParameters,
  encodeEventTopics,
  keccak256,
  parseAbi,
  toHex,
} from 'viem';
import { expect, test } from 'vitest';
import { decodeEvent } from './decode-event.ts';

const A = '0x000000000000000000000000000000000000dEaD';
const B = '0x000000000000000000000000000000000000bEEF';
const erc20 = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)']);
const erc721 = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
]);
const topics = (abi: readonly AbiEvent[], args: Record<string, unknown>) =>
  encodeEventTopics({ abi, args } as never) as string[];
const uint = (value: bigint) => encodeAbiParameters([{ type: 'uint256' }], [value]);

const transfer = { topics: topics(erc20, { from: A, to: B }), data: uint(5n) };
const transferred = {
  name: 'Transfer',
  signature: 'Transfer(address,address,uint256)',
  arguments: [
    { name: 'from', type: 'address', value: A },
    { name: 'to', type: 'address', value: B },
    { name: 'value', type: 'uint256', value: '5' },
  ],
};

test('an event of the ABI of its contract', () => {
  expect(decodeEvent(transfer, erc20)).toEqual(transferred);
  expect(decodeEvent(transfer, parseAbi(['event Other()']))).toBeNull();
});

test('one event of many with the same topic has as many indexed parameters as the log', () => {
  const names = { events: () => [...erc721, ...erc20] };
  expect(decodeEvent(transfer, null, names)).toEqual(transferred);
  const nft = { topics: topics(erc721, { from: A, to: B, tokenId: 9n }), data: '0x' };
  expect(decodeEvent(nft, erc20, names)?.arguments[2]).toEqual({
    ...{ name: 'tokenId', type: 'uint256', value: '9' },
  });
});

test('of values without a fixed size a log has the hash, in the order of the declaration', () => {
  const abi = parseAbi([
    'event Named(uint256 id, string indexed name, bool indexed on, bytes data)',
  ]);
  const log = {
    topics: topics(abi, { name: 'Box', on: true }),
    data: encodeAbiParameters([{ type: 'uint256' }, { type: 'bytes' }], [1n, '0x02']),
  };
  expect(decodeEvent(log, abi)?.arguments).toEqual([
    { name: 'id', type: 'uint256', value: '1' },
    { name: 'name', type: 'string', value: keccak256(toHex('Box')), hashed: true },
    { name: 'on', type: 'bool', value: true },
    { name: 'data', type: 'bytes', value: '0x02' },
  ]);
});

test('anonymous events are of their own contract, and fit exactly', () => {
  const abi = parseAbi([
    'event Note(address indexed from, uint256 value)',
    'event Bare(uint256 value)',
  ]).map((item) => ({ ...item, anonymous: true }));
  const from = encodeAbiParameters([{ type: 'address' }], [A]);
  expect(decodeEvent({ topics: [from], data: uint(3n) }, abi)?.name).toBe('Note');
  expect(decodeEvent({ topics: [], data: uint(3n) }, abi)?.name).toBe('Bare');
  expect(decodeEvent({ topics: [], data: `${uint(3n)}00` }, abi)).toBeNull();
  expect(decodeEvent({ topics: [], data: '0x' }, null, { events: () => erc20 })).toBeNull();
});

test('a log that does not fit its own event says nothing', () => {
  expect(decodeEvent({ ...transfer, data: '0x' }, erc20)).toBeNull();
  expect(decodeEvent({ ...transfer, topics: ['0x12', ...transfer.topics] }, erc20)).toBeNull();
});
