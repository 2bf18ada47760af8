import { expect, test } from 'vitest';
import { containerPath } from './container-path.ts';

test.each([
  ['C:\\Users\\ada\\vault', '/c/Users/ada/vault'],
  ['d:\\', '/d'],
  ['C:/Users/ada/vault', '/c/Users/ada/vault'],
  ['C:\\Мои проекты\\хранилище (2)', '/c/Мои проекты/хранилище (2)'],
  ['\\\\wsl$\\Ubuntu\\home\\ada\\vault', '/wsl/Ubuntu/home/ada/vault'],
  ['\\\\wsl.localhost\\Ubuntu-24.04\\home\\ada', '/wsl/Ubuntu-24.04/home/ada'],
  ['\\\\NAS\\code\\vault', '/unc/nas/code/vault'],
  ['\\\\nas\\code\\', '/unc/nas/code'],
  // Of a container already, and no path.
  ['/home/node/.cache', '/home/node/.cache'],
  ['--port', '--port'],
  ['8545', '8545'],
])('on Windows %j is %j', (file, inside) => {
  expect(containerPath(file, 'win32')).toBe(inside);
});

test('elsewhere it is the same', () => {
  for (const file of ['/home/ada/vault', '/C:\\odd', '//double']) {
    expect(containerPath(file, 'linux')).toBe(file);
  }
});
