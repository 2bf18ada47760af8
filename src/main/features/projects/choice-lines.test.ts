import { expect, test } from 'vitest';
import { type Choices, kindInput } from '../../shared/kind.ts';
import { choiceLines, nothingToChoose } from './choice-lines.ts';

const call = (value: string) => ({ value, label: value, isDefault: false, parameters: [] });
const usual = { label: 'x', isDefault: false, calls: [] };
const choices: Choices = {
  entries: [
    { ...usual, value: 'tasks/a', calls: [call('go(uint256)'), call('stop')], note: 'It is odd.' },
    { ...usual, value: 'tasks/b', leftOut: 'It is abstract.', calls: [call('go(uint256)')] },
    { ...usual, value: 'tasks/c', problem: 'It is too large.' },
    { ...usual, value: 'tasks/d' },
  ],
};
const inputs = [
  kindInput.parse({ name: 'task', label: 'Task', control: 'entry', option: '--task <file>' }),
  kindInput.parse({ name: 'step', label: 'Step', control: 'call' }),
  kindInput.parse({ name: 'text', label: 'Text', control: 'text', option: '--text <text>' }),
];

test('what is offered comes first, then what is left out and how it is named, then what is wrong', () => {
  expect(choiceLines(choices, inputs)).toEqual([
    'tasks/a  go(uint256) stop',
    '  It is odd.',
    'tasks/d',
    "left out: tasks/b  It is abstract. To run it: --task tasks/b --set 'step=go(uint256)'",
    'tasks/c: It is too large.',
  ]);
});

test('nothing to choose is said in the words of the kind', () => {
  expect(nothingToChoose(inputs)).toBe('There is no task to deploy.');
  expect(nothingToChoose([])).toContain('it is deployed as it is');
});
