import path from 'node:path';
import { expect, test } from 'vitest';
import { isWithin } from './path-within.ts';

test.each([
  ['C:\\code\\vault', 'C:\\code\\vault', true],
  ['C:\\code\\vault\\src\\A.sol', 'C:\\code\\vault', true],
  ['c:\\Code\\VAULT\\src', 'C:\\code\\vault', true],
  ['C:\\code\\vault-two', 'C:\\code\\vault', false],
  ['C:\\code\\..\\secrets', 'C:\\code', false],
  ['C:\\code\\..vault', 'C:\\code', true],
  ['D:\\code\\vault', 'C:\\code', false],
  ['D:\\anything', 'D:\\', true],
  ['C:/code/vault', 'C:\\code', true],
  ['C:\\Проекты\\мой vault\\src', 'C:\\Проекты\\мой vault', true],
  ['\\\\nas\\code\\vault', '\\\\nas\\code', true],
  ['\\\\NAS\\Code\\vault', '\\\\nas\\code', true],
  ['\\\\nas\\other\\vault', '\\\\nas\\code', false],
  ['\\\\wsl.localhost\\Ubuntu\\home\\ada\\vault', '\\\\wsl.localhost\\Ubuntu\\home\\ada', true],
  ['\\\\wsl.localhost\\Debian\\home', '\\\\wsl.localhost\\Ubuntu', false],
])('on Windows %j in %j: %s', (file, folder, is) => {
  expect(isWithin(file, folder, path.win32)).toBe(is);
});

test.each([
  ['/code/vault', '/code/vault', true],
  ['/code/vault/src', '/code/vault', true],
  ['/code/Vault', '/code/vault', false],
  ['/code/vault-two', '/code/vault', false],
  ['/code/../etc', '/code', false],
  ['/code/..vault', '/code', true],
  ['/anything', '/', true],
])('elsewhere %j in %j: %s', (file, folder, is) => {
  expect(isWithin(file, folder, path.posix)).toBe(is);
});
