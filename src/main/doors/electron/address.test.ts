import { expect, test } from 'vitest';
import { pageAddress, pageOf } from './address.ts';

const origin = 'app://drydock';

test('an open window is led on from what it shows, a new one loads the page', () => {
  expect(pageAddress(origin, '/deployments/7')).toBe('app://drydock/deployments/7');
  const shown = 'app://drydock/projects/3?tab=x#/settings';
  expect(pageAddress(origin, '/', shown)).toBe('app://drydock/projects/3?tab=x#/');
  expect(pageAddress(origin, '/queue', 'chrome-error://chromewebdata/')).toBe(
    'app://drydock/queue',
  );
});

test('the page of an address is where it leads', () => {
  expect(pageOf('app://drydock/projects/3')).toBe('/projects/3');
  expect(pageOf('app://drydock/projects/3#/settings')).toBe('/settings');
  expect(pageOf('app://drydock/#main')).toBe('/');
  expect(pageOf('')).toBe('/');
});
