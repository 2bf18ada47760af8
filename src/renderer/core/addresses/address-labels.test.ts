import { expect, test } from 'vitest';
import { labelsOn } from './address-labels.ts';

const labelled = (address: string, network: string | null, label: string) => ({
  ...{ address, network, label, color: null, changedAt: 0 },
});

test('the label of the one network stands in the place of that for all', () => {
  const book = [
    labelled('0xA', null, 'everywhere'),
    labelled('0xA', 'local', 'here'),
    labelled('0xB', null, 'bob'),
    labelled('0xC', 'base', 'far'),
  ];
  expect(labelsOn('local', book).map(({ label }) => label)).toEqual(['here', 'bob']);
  expect(labelsOn('base', book).map(({ label }) => label)).toEqual(['everywhere', 'bob', 'far']);
});
