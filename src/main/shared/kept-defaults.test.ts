import { expect, test } from 'vitest';
import { layeredDefaults } from './kept-defaults.ts';

const inputs = [
  { name: 'script' },
  { name: 'sig', of: 'script' },
  { name: 'args', of: 'sig' },
  { name: 'profile' },
];
const every = { script: 'A', sig: 'run(uint256)', args: ['1'], profile: 'lite' };

test('what is kept for a target wins over what is kept for all of them', () => {
  expect(layeredDefaults(inputs, { profile: 'full' }, every)).toEqual({
    ...every,
    profile: 'full',
  });
  expect(layeredDefaults(inputs, {}, every)).toEqual(every);
  expect(layeredDefaults(inputs, every, {})).toEqual(every);
});

test('what belongs to an entry or a call does not come with another one', () => {
  expect(layeredDefaults(inputs, { script: 'B' }, every)).toEqual({ script: 'B', profile: 'lite' });
  expect(layeredDefaults(inputs, { sig: 'run()' }, every)).toEqual({
    ...{ script: 'A', sig: 'run()', profile: 'lite' },
  });
  expect(layeredDefaults(inputs, { script: 'A', sig: every.sig }, every)).toEqual(every);
});

test('a target can have none of what is kept for all', () => {
  expect(layeredDefaults(inputs, { profile: null }, every)).toEqual({ ...every, profile: null });
});
