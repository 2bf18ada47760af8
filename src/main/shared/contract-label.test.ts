import { expect, test } from 'vitest';
import { ownLabel, sharedNames, tellingName } from './contract-label.ts';

const dai = { name: 'Token', label: 'Money#DAI' };
const eth = { name: 'Token', label: 'Money#WETH' };
const sale = { name: 'Sale', label: 'Sale' };
const clone = { name: 'Token', label: null };

test('a label stands beside a name that it is not', () => {
  expect([dai, sale, clone].map(ownLabel)).toEqual(['Money#DAI', null, null]);
});

test('contracts that share a name are told apart by their labels', () => {
  const all = [dai, eth, sale, clone];
  const shared = sharedNames(all);
  expect(shared).toEqual(new Set(['Token']));
  expect(all.map((one) => tellingName(one, shared))).toEqual([
    ...['Money#DAI', 'Money#WETH', 'Sale', 'Token'],
  ]);
  expect(sharedNames([dai, sale]).size).toBe(0);
});
