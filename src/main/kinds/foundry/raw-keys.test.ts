import { expect, test } from 'vitest';
import { rawKeysOf } from './raw-keys.ts';

const namesIn = (body: string) => rawKeysOf(body).map(({ name }) => name);

test('the variables that a script broadcasts with are known, however it passes them on', () => {
  expect(namesIn('uint256 k = vm.envUint("DEPLOYER"); vm.startBroadcast(k);')).toEqual([
    'DEPLOYER',
  ]);
  expect(namesIn('vm.startBroadcast(vm.envUint("DEPLOYER"));')).toEqual(['DEPLOYER']);
  expect(namesIn('uint256 k = uint256(vm.envBytes32("D")); vm.startBroadcast(k);')).toEqual(['D']);
  expect(namesIn('vm.startBroadcast(uint256(vm.envBytes32("D")));')).toEqual(['D']);
  expect(namesIn('address a = vm.addr(vm.envUint("PRIVATE_KEY"));')).toEqual(['PRIVATE_KEY']);
});

test('other numbers are no keys', () => {
  expect(namesIn('uint256 cap = vm.envUint("CAP"); vm.startBroadcast();')).toEqual([]);
  expect(namesIn('uint256 n = vm.envUint("API_KEY_COUNT");')).toEqual([]);
  expect(namesIn('// vm.envUint("PRIVATE_KEY")')).toEqual([]);
});

test('its line is that of the call', () => {
  expect(rawKeysOf('\n/* a\n*/\n  vm.startBroadcast(vm.envUint("K"));')).toEqual([
    { name: 'K', line: 4 },
  ]);
});
