import { expect, it } from 'vitest';
import { type Choices, kindInput } from '#main/shared/kind.ts';
import { draftOfRun } from './draft-of-run.ts';
import { inputOf } from './request-input.ts';
import { shownInputs } from './shown-inputs.ts';

const kind = {
  inputs: [
    { name: 'task', control: 'entry' },
    { name: 'step', control: 'call', of: 'task' },
    { name: 'values', control: 'abi-arguments', of: 'step' },
    { name: 'sender', control: 'account', when: { target: ['local'] } },
    { name: 'signer', control: 'text', when: { target: ['remote'] } },
    { name: 'keep', control: 'switch' },
  ].map((one) => kindInput.parse({ label: one.name, ...one })),
};
const parameters = [{ name: 'count', type: 'uint256' }];
const choices: Choices = {
  entries: [
    { value: 'usual', label: 'usual', isDefault: true, calls: [] },
    {
      value: 'many',
      label: 'many',
      isDefault: false,
      calls: [{ value: 'run(uint256)', label: 'run', isDefault: true, parameters }],
    },
  ],
};
const input = { task: 'many', step: 'run(uint256)', values: ['12'], sender: '1', keep: false };
const run = { id: 7, number: 3, target: 'local', priority: 10, input };
const sent = (draft: ReturnType<typeof draftOfRun>, target: 'local' | 'remote' = 'local') =>
  inputOf(shownInputs(kind, choices, target, { values: draft.values }));

it('asks for the same again, as it was asked for', () => {
  const draft = draftOfRun(run, kind, { replaceWaiting: true });
  expect(draft).toMatchObject({
    priority: 10,
    replaceWaiting: true,
    retryOf: { id: 7, number: 3 },
  });
  expect(sent(draft)).toEqual(input);
});

it('keeps what was typed for other entries', () => {
  const draft = draftOfRun(run, kind, { values: { 'values usual go()': ['kept'] } });
  expect(draft.values?.['values usual go()']).toEqual(['kept']);
});

it('sends what the target asks for alone', () => {
  const remote = { ...run, input: { ...input, sender: undefined, signer: 'deployer' } };
  expect(sent(draftOfRun(remote, kind, {}), 'remote')).toMatchObject({ signer: 'deployer' });
  expect(sent(draftOfRun(remote, kind, {}))).not.toHaveProperty('signer');
});

it('leaves nothing of the draft before it that would change the request', () => {
  const before = { values: { sender: '5', signer: 'other', keep: true }, priority: -10 };
  const plain = { ...run, priority: 0, input: { ...input, sender: undefined } };
  const draft = draftOfRun(plain, kind, before);
  expect(draft.priority).toBeUndefined();
  expect(sent(draft)).toEqual({ task: 'many', step: 'run(uint256)', values: ['12'], keep: false });
});
