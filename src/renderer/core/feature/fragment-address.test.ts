import { expect, test } from 'vitest';
import { pageOfFragment } from './fragment-address.ts';

test('a fragment that begins with a slash names a page', () => {
  expect(pageOfFragment('#/')).toBe('/');
  expect(pageOfFragment('#/deployments/7')).toBe('/deployments/7');
  expect(pageOfFragment('#/open/add-project/%2Fhome%2Fme')).toBe('/open/add-project/%2Fhome%2Fme');
});

test('any other fragment, and one that would leave the host, names none', () => {
  for (const fragment of ['', '#', '#main', '#//example.org/', '#/\\example.org']) {
    expect(pageOfFragment(fragment)).toBeNull();
  }
});
