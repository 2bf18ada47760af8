import {
  encodeAbiParameters,
  encodeFunctionData,
  parseAbi,
  parseAbiParameters,
  toEventSelector,
  toFunctionSelector,
} from 'viem';
import { expect, test } from 'vitest';
import { CUT_SELECTOR, cutsIn, tracedCutsIn } from './diamond-cut.ts';

const CUT = '(address facet, uint8 action, bytes4[] selectors)[] cuts, address init, bytes data';
const abi = parseAbi([
  `function diamondCut(${CUT})`,
  'function execute(address target, uint256 value, bytes payload)',
]);
const DIAMOND = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const FACET = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512';
const OTHER = '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0';
const NOBODY = `0x${'0'.repeat(40)}` as const;

const cuts = [
  { facet: FACET, action: 1, selectors: ['0x12345678'] },
  { facet: NOBODY, action: 2, selectors: ['0x11223344', '0x55667788'] },
] as const;
const data = encodeFunctionData({ abi, functionName: 'diamondCut', args: [cuts, NOBODY, '0x'] });
const found = {
  of: DIAMOND,
  cuts: [
    { action: 'replace', facet: FACET, selectors: ['0x12345678'] },
    { action: 'remove', facet: NOBODY, selectors: ['0x11223344', '0x55667788'] },
  ],
  init: null,
};

test('a cut of a diamond is found as it is sent, and in a call that hands it on', () => {
  const name = 'diamondCut((address,uint8,bytes4[])[],address,bytes)';
  expect(CUT_SELECTOR).toBe(toFunctionSelector(name));
  expect(cutsIn({ to: DIAMOND, input: data })).toEqual([found]);
  const handed = encodeFunctionData({
    ...{ abi, functionName: 'execute' },
    args: [DIAMOND, 0n, data],
  });
  expect(cutsIn({ to: OTHER, input: handed })).toEqual([found]);
});

test.each([
  '0x',
  CUT_SELECTOR,
  `${CUT_SELECTOR}${'0'.repeat(62)}60`,
  data.slice(0, -64),
  data.replace('0000000000000001', '0000000000000009'),
])('data that only looks like one holds none: %s', (input) => {
  expect(cutsIn({ to: DIAMOND, input })).toEqual([]);
});

test('a traced transaction tells the cuts that contracts make by themselves', () => {
  const log = {
    address: DIAMOND,
    topics: [toEventSelector('DiamondCut((address,uint8,bytes4[])[],address,bytes)')],
    data: encodeAbiParameters(parseAbiParameters(CUT), [cuts, OTHER, '0x12']),
  };
  const inner = { type: 'CALL', from: OTHER, to: DIAMOND, logs: [log, { ...log, data: '0x12' }] };
  const trace = (error?: string) => ({
    ...{ type: 'CALL', from: OTHER, to: OTHER },
    calls: [{ ...inner, ...(error && { error }) }],
  });
  expect(tracedCutsIn(trace())).toEqual([{ ...found, init: OTHER }]);
  expect(tracedCutsIn(trace('execution reverted'))).toEqual([]);
});
