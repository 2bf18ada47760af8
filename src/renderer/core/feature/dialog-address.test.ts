import { expect, test } from 'vitest';
import { dialogOf } from './dialog-address.ts';

test('an address of a dialog names it and its argument', () => {
  expect(dialogOf('/open/add-project')).toEqual({ dialog: 'add-project', argument: undefined });
  expect(dialogOf('/open/add-project/%2Fhome%2Fme%2Fa%20b%25')).toEqual({
    dialog: 'add-project',
    argument: '/home/me/a b%',
  });
  expect(dialogOf('/open/add-project/%')).toEqual({ dialog: 'add-project', argument: undefined });
});

test('other addresses are those of pages', () => {
  for (const address of ['/', '/open', '/projects/3', '/opened/add-project', '/open/Add']) {
    expect(dialogOf(address)).toBeNull();
  }
});
