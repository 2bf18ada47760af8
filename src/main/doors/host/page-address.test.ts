import { expect, test } from 'vitest';
import { isPageAddress } from './page-address.ts';

test('addresses of pages are those of no file', () => {
  for (const page of [
    '/',
    '/deployments/7',
    '/networks/local/transactions/0x1/raw',
    '/history/text=a.b',
    '/open/add-project/%2Fhome%2Fme%2Fa.b',
    '/chains/a.b',
  ]) {
    expect([page, isPageAddress(page)]).toEqual([page, true]);
  }
});

test('files, other doors and steps out of the folder are no pages', () => {
  for (const other of [
    '/index.html',
    '/nothing.js',
    '/assets/nothing.js',
    '/docs',
    '/docs/index.html',
    '/api/docs',
    '/rpc',
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e%2fpackage.json',
    '/..%5cpackage.json',
    '/projects%00/3',
    '/%',
  ]) {
    expect([other, isPageAddress(other)]).toEqual([other, false]);
  }
});
