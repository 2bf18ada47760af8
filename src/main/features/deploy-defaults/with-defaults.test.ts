import { expect, test } from 'vitest';
import { describeKind } from '../../shared/kind.ts';
import { withDefaults } from './with-defaults.ts';

const { inputs } = describeKind({
  ...{ id: 'letter', label: 'Letter', icon: 'mail', markers: [], target: 'chain' },
  ...{ family: 'contracts', phases: [], actions: [] },
  inputs: [
    { name: 'task', control: 'entry', label: 'Task' },
    { name: 'step', control: 'call', label: 'Step', of: 'task' },
    { name: 'values', control: 'abi-arguments', label: 'Values', of: 'step' },
    { name: 'sender', control: 'account', label: 'Sender' },
  ],
});
const defaults = { task: 'a', step: 'go()', values: ['1'], sender: '3' };

/** Its tasks go by their first letter too, and its steps by their name. */
const named = async (input: Record<string, unknown>) => ({
  ...input,
  task: String(input.task).slice(0, 1),
  step: `${String(input.step ?? 'go').replace('()', '')}()`,
});
const over = (asked: Record<string, unknown>) => withDefaults(inputs, asked, defaults, named);

test('a request wins over defaults, field by field', async () => {
  expect(await over({})).toEqual(defaults);
  expect(await over({ sender: '0', other: 1 })).toEqual({ ...defaults, sender: '0', other: 1 });
  expect(await over({ values: [] })).toEqual({ ...defaults, values: [] });
});

test('another entry or call comes without what depends on the one of the defaults', async () => {
  expect(await over({ task: 'b' })).toEqual({ task: 'b', sender: '3' });
  expect(await over({ step: 'stop' })).toEqual({ task: 'a', step: 'stop', sender: '3' });
  expect(await over({ task: 'b', values: ['2'] })).toEqual({
    ...{ task: 'b', values: ['2'], sender: '3' },
  });
});

test('the same one under another name keeps it', async () => {
  expect(await over({ task: 'alpha' })).toEqual({ ...defaults, task: 'alpha' });
  expect(await over({ step: 'go' })).toEqual({ ...defaults, step: 'go' });
});

test('null keeps a default out, and with it what depends on it', async () => {
  expect(await over({ sender: null })).toEqual({ ...defaults, sender: null });
  expect(await over({ task: null })).toEqual({ task: null, sender: '3' });
});
