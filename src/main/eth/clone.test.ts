import { expect, test } from 'vitest';
import { implementationOf } from './clone.ts';

const ADDRESS = 'bebebebebebebebebebebebebebebebebebebebe';

test.each([
  ['EIP-1167', `363d3d373d3d3d363d73${ADDRESS}5af43d82803e903d91602b57fd5bf3`, ADDRESS],
  // Of an address that begins with four zero bytes: PUSH16.
  [
    'EIP-1167 with fewer bytes',
    `363d3d373d3d3d363d6f${'be'.repeat(16)}5af43d82803e903d91602757fd5bf3`,
    `00000000${'be'.repeat(16)}`,
  ],
  ['the shorter one', `3d3d3d3d363d3d37363d73${ADDRESS}5af43d3d93803e602a57fd5bf3`, ADDRESS],
  [
    'EIP-1167 with arguments',
    `363d3d373d3d3d363d73${ADDRESS}5af43d82803e903d91602b57fd5bf3${'01'.repeat(40)}`,
    ADDRESS,
  ],
  ['EIP-7511', `365f5f375f5f365f73${ADDRESS}5af43d5f5f3e5f3d91602a57fd5bf3`, ADDRESS],
])('the implementation of a clone by %s', (_, code, address) => {
  expect(implementationOf(code)).toBe(`0x${address}`);
  expect(implementationOf(`0x${code.toUpperCase().replace('0X', '')}`)).toBe(`0x${address}`);
});

test.each([
  ['nothing', '0x'],
  ['other code', '0x6080604052'],
  ['one whose address is cut off', '363d3d373d3d3d363d73bebe5af43d82803e903d91602b57fd5bf3'],
  [
    'one with more than its PUSH says',
    `363d3d373d3d3d363d6f${'be'.repeat(17)}5af43d82803e903d91602b57fd5bf3`,
  ],
])('%s is no clone', (_, code) => {
  expect(implementationOf(code)).toBeNull();
});
