import { expect, test } from 'vitest';
import { faultsIn, knownFaults } from './faults.ts';

const use = { unlocked: true, script: () => 'vm.deployCode("A.sol");' };

test.each<[string, RegExp[]]>([
  ['1.3.5', [/vm\.deployCode/]],
  ['1.4.0', []],
  ['1.7.1', []],
  ['1.8.0-nightly', [/nonces/]],
  ['1.8.1', [/nonces/]],
  ['1.8.2', []],
  ['no version', []],
])('%s', (version, expected) => {
  expect(faultsIn(version, use)).toEqual(expected.map((one) => expect.stringMatching(one)));
  expect(knownFaults(version)).toHaveLength(expected.length);
});

test('only what the run does counts', () => {
  expect(faultsIn('1.8.1', { ...use, unlocked: false })).toEqual([]);
  expect(faultsIn('1.3.5', { ...use, script: () => 'new A();' })).toEqual([]);
});
