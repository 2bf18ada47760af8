import {
  encodeFunctionData,
  encodePacked,
  type Hex,
  pad,
  parseAbi,
  size,
  toEventSelector,
} from 'viem';
import { expect, test } from 'vitest';
import { eachOnce, tracedUpgradesIn, upgradeCallsIn } from './upgrade-calls.ts';

const abi = parseAbi([
  'function upgradeTo(address)',
  'function upgradeToAndCall(address, bytes)',
  'function upgrade(address, address)',
  'function upgradeAndCall(address, address, bytes)',
  'function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256 a, uint256 b, uint256 c, address gasToken, address refund, bytes signatures)',
  'function execute(address target, uint256 value, bytes payload, bytes32 predecessor, bytes32 salt)',
  'function aggregate3((address target, bool allowFailure, bytes callData)[] calls)',
  'function multiSend(bytes transactions)',
  'function set(uint256)',
]);
const PROXY = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const CODE = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512';
const OTHER = '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0';
const NOBODY = `0x${'0'.repeat(40)}` as const;
const HASH = `0x${'ab'.repeat(32)}` as const;

const upgradeTo = encodeFunctionData({ abi, functionName: 'upgradeTo', args: [CODE] });
const found = [{ of: PROXY, implementation: CODE, afterwards: '0x' }];
const inSafe = (to: typeof PROXY | typeof OTHER, data: Hex) =>
  encodeFunctionData({
    ...{ abi, functionName: 'execTransaction' },
    args: [to, 0n, data, 0, 0n, 0n, 0n, NOBODY, NOBODY, '0x'],
  });
const packed = (data: Hex) =>
  encodePacked(
    ['uint8', 'address', 'uint256', 'uint256', 'bytes'],
    [0, PROXY, 0n, BigInt(size(data)), data],
  );

test.each([
  ['upgradeTo', PROXY, upgradeTo],
  [
    'upgrade of an admin',
    OTHER,
    encodeFunctionData({ abi, functionName: 'upgrade', args: [PROXY, CODE] }),
  ],
  ['a Safe', OTHER, inSafe(PROXY, upgradeTo)],
  [
    'a timelock',
    OTHER,
    encodeFunctionData({ abi, functionName: 'execute', args: [PROXY, 0n, upgradeTo, HASH, HASH] }),
  ],
  [
    'the second of a batch',
    OTHER,
    encodeFunctionData({
      ...{ abi, functionName: 'aggregate3' },
      args: [
        [
          {
            ...{ target: OTHER, allowFailure: true },
            callData: encodeFunctionData({ abi, functionName: 'set', args: [1n] }),
          },
          { target: PROXY, allowFailure: true, callData: upgradeTo },
        ],
      ],
    }),
  ],
  [
    'a batch of a Safe',
    OTHER,
    inSafe(
      OTHER,
      encodeFunctionData({ abi, functionName: 'multiSend', args: [packed(upgradeTo)] }),
    ),
  ],
])('an upgrade is found in %s', (_, to, input) => {
  expect(upgradeCallsIn({ to, input })).toEqual(found);
});

test('what is called after it is told', () => {
  const afterwards = encodeFunctionData({ abi, functionName: 'set', args: [1n] });
  for (const [to, input] of [
    [
      PROXY,
      encodeFunctionData({ abi, functionName: 'upgradeToAndCall', args: [CODE, afterwards] }),
    ],
    [
      OTHER,
      encodeFunctionData({ abi, functionName: 'upgradeAndCall', args: [PROXY, CODE, afterwards] }),
    ],
  ] as const) {
    expect(upgradeCallsIn({ to, input })).toEqual([
      { of: PROXY, implementation: CODE, afterwards },
    ]);
  }
});

test.each([
  ['another call', encodeFunctionData({ abi, functionName: 'set', args: [1n] })],
  ['nothing', '0x'],
  ['a selector alone', '0x3659cfe6'],
  ['a selector in a number', encodeFunctionData({ abi, functionName: 'set', args: [0x3659cfe6n] })],
  ['an upgrade to nothing', `0x3659cfe6${'0'.repeat(64)}`],
])('there is none in %s', (_, input) => {
  expect(upgradeCallsIn({ to: PROXY, input })).toEqual([]);
});

test('data that is made to take long is looked through in one go', () => {
  for (const part of ['3659cfe6', `3659cfe6${'0'.repeat(64)}`, `4f1ef286${'0'.repeat(24)}`]) {
    const input = `0x00${part.repeat(10_000)}`;
    expect(upgradeCallsIn({ to: PROXY, input })).toEqual([]);
  }
});

const upgraded = (address: string) => ({
  ...{ address, data: '0x' },
  topics: [toEventSelector('Upgraded(address)'), pad(CODE)],
});

test('a traced transaction tells the upgrades that contracts make by themselves, each once', () => {
  const trace = {
    ...{ type: 'CALL', from: OTHER, to: OTHER, input: '0x' },
    calls: [
      {
        ...{ type: 'CALL', from: OTHER, to: PROXY, input: upgradeTo },
        // The proxy hands it on to its own code.
        calls: [{ type: 'DELEGATECALL', from: PROXY, to: CODE, input: upgradeTo }],
        logs: [upgraded(PROXY)],
      },
      { type: 'CALL', from: OTHER, to: OTHER, input: '0x12', logs: [upgraded(OTHER)] },
    ],
  };
  expect(eachOnce(tracedUpgradesIn(trace))).toEqual([...found, { ...found[0], of: OTHER }]);
});

test('what fails in a traced transaction upgrades nothing, nor do events that look alike', () => {
  const failing = {
    ...{ type: 'CALL', from: OTHER, to: PROXY, input: upgradeTo, error: 'execution reverted' },
    logs: [upgraded(PROXY)],
  };
  const odd = {
    ...{ type: 'CALL', from: OTHER, to: PROXY, input: '0x3659cfe6' },
    logs: [{ ...upgraded(PROXY), topics: [toEventSelector('Upgraded(address)')] }, {}],
  };
  const trace = { type: 'CALL', from: OTHER, to: OTHER, calls: [failing, odd] };
  expect(tracedUpgradesIn(trace)).toEqual([]);
});
