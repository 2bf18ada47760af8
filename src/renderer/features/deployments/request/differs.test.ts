import { expect, it } from 'vitest';
import { type Choices, kindInput } from '#main/shared/kind.ts';
import { differsFrom } from './differs.ts';
import { shownInputs } from './shown-inputs.ts';

const kind = {
  inputs: [
    { name: 'task', control: 'entry' },
    { name: 'step', control: 'call', of: 'task' },
    { name: 'values', control: 'abi-arguments', of: 'step' },
    { name: 'sender', control: 'account' },
    { name: 'keep', control: 'switch' },
    { name: 'note', control: 'text' },
    { name: 'word', control: 'text', secret: true },
  ].map((one) => kindInput.parse({ label: one.name, ...one })),
};
const choices: Choices = {
  entries: [
    {
      value: 'many',
      label: 'many',
      isDefault: true,
      calls: [
        {
          value: 'run(uint256)',
          label: 'run',
          isDefault: true,
          parameters: [{ name: 'count', type: 'uint256' }],
        },
      ],
    },
  ],
};
const ran = {
  target: 'local',
  input: { task: 'many', step: 'run(uint256)', values: ['12'], sender: '0', keep: true },
};

const form = (values: Record<string, unknown>, name = 'local') => ({
  shown: shownInputs(kind, choices, 'local', { values }),
  target: { name },
});
const key = 'values many run(uint256)';

it('is the same where the form leaves what the core has chosen', () => {
  expect(differsFrom(form({ [key]: ['12'] }), ran)).toBe(false);
  expect(differsFrom(form({ [key]: ['12'], sender: '0', keep: true }), ran)).toBe(false);
  expect(differsFrom(form({ [key]: ['12'], word: 'unseen' }), ran)).toBe(false);
});

it('differs by its target, an argument, a sender, a switch, and by what only one of both has', () => {
  expect(differsFrom(form({ [key]: ['12'] }, 'base'), ran)).toBe(true);
  expect(differsFrom(form({ [key]: ['13'] }), ran)).toBe(true);
  expect(differsFrom(form({ [key]: ['12'], sender: '3' }), ran)).toBe(true);
  expect(differsFrom(form({ [key]: ['12'], keep: false }), ran)).toBe(true);
  expect(differsFrom(form({ [key]: ['12'], note: 'a' }), ran)).toBe(true);
  const noted = { ...ran, input: { ...ran.input, note: 'b' } };
  expect(differsFrom(form({ [key]: ['12'] }), noted)).toBe(true);
});
