import path from 'node:path';
import { expect, test } from 'vitest';
import { parseLink } from './deep-link.ts';

const posix = (text: string) => parseLink(text, path.posix);
const windows = (text: string) => parseLink(text, path.win32 as typeof path.posix);

test('reads the three links there are', () => {
  expect(posix('drydock://deployment/7')).toEqual({ show: 'deployment', id: 7 });
  expect(posix('DRYDOCK://Project/3/')).toEqual({ show: 'project', id: 3 });
  expect(posix('drydock://add?path=%2Fhome%2Fme%2Fmy%20vault')).toEqual({
    show: 'add',
    folder: '/home/me/my vault',
  });
  expect(posix('drydock://add/?path=/home/me/vault')).toEqual({
    show: 'add',
    folder: '/home/me/vault',
  });
  expect(windows('drydock://add?path=C%3A%5Ccode%5Cvault')).toEqual({
    show: 'add',
    folder: 'C:\\code\\vault',
  });
});

test.each([
  'drydock:',
  'drydock://',
  'drydock://deployment/',
  'drydock://deployment/0',
  'drydock://deployment/-1',
  'drydock://deployment/7e3',
  'drydock://deployment/1234567890',
  'drydock://deployment/7/retry',
  'drydock://deployment/7?then=revert',
  'drydock://deployment/7#x',
  'drydock://user@deployment/7',
  'drydock://deployment:80/7',
  'drydock://settings',
  'drydock://add',
  'drydock://add?path=',
  'drydock://add?path=relative/folder',
  'drydock://add?path=%2Fhome%2F..%2Fetc',
  'drydock://add?path=/home/./me',
  'drydock://add?path=//server/share',
  'drydock://add?path=%5C%5Cserver%5Cshare',
  'drydock://add?path=/home/%00',
  'drydock://add?path=/home/a%0Ab',
  'drydock://add?path=/home/%E2%80%AEfdp',
  'drydock://add?path=/home/%',
  'drydock://add?path=/a&name=b',
  `drydock://add?path=/${'a'.repeat(5000)}`,
  ' drydock://deployment/7',
  'drydock://deployment/7 --inspect',
  'https://example.org/drydock://deployment/7',
])('takes nothing else: %s', (text) => {
  expect(posix(text)).toBeNull();
});

test.each([
  'drydock://add?path=%2Fetc',
  'drydock://add?path=%5CWindows',
  'drydock://add?path=C:vault',
  'drydock://add?path=%5C%5C%3F%5CC%3A%5Ccode',
  'drydock://add?path=C%3A%5Ccode%5C..%5Cother',
])('takes no folder of Windows without its drive: %s', (text) => {
  expect(windows(text)).toBeNull();
});
