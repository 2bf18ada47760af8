import { expect, test } from 'vitest';
import { firstChainPort } from './first-port.ts';

test.each([
  ['12345', 12_345],
  ['', 8545],
  [undefined, 8545],
  ['0', 8545],
  ['65536', 8545],
  ['any', 8545],
])('the first port of chains with DRYDOCK_CHAIN_PORT=%s', (value, port) => {
  expect(firstChainPort({ DRYDOCK_CHAIN_PORT: value })).toBe(port);
});
