import { expect, test } from 'vitest';
import { changedInput } from './changed-input.ts';
import type { HardhatRun } from './input.ts';

const before: HardhatRun = {
  ...{ script: 'ignition/modules/Token.ts', way: 'ignition', params: ['Token.supply=7'] },
  ...{ tags: [], env: ['STAGE=test'], snapshot: true },
};

test('what is changed, and no more', () => {
  const { way: _, ...rest } = before;
  expect(changedInput(before, { snapshot: false })).toEqual({ ...rest, snapshot: false });
  expect(changedInput(before, { script: before.script, params: [] })).toEqual({
    ...rest,
    params: [],
  });
});

test('another entry begins without the parameters and tags of this one', () => {
  expect(changedInput(before, { script: 'deploy', tags: ['core'] })).toEqual({
    ...{ script: 'deploy', params: [], tags: ['core'] },
    ...{ env: ['STAGE=test'], snapshot: true },
  });
});
