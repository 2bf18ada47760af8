import { Command } from 'commander';
import { expect, test } from 'vitest';
import { describeKind, type KindInfo } from '../../shared/kind.ts';
import { inputOf, withInputOptions } from './input-options.ts';

const kind = (label: string, inputs: Parameters<typeof describeKind>[0]['inputs']): KindInfo =>
  describeKind({
    ...{ id: label, label, icon: 'box', markers: [], target: 'chain', family: 'contracts' },
    ...{ phases: [], actions: [], inputs },
  });

const kinds = [
  kind('Cake', [
    { name: 'recipe', control: 'entry', label: 'Recipe', help: 'a cake', option: '--recipe <x>' },
    { name: 'eggs', control: 'number', label: 'Eggs', option: '--eggs <n>' },
  ]),
  kind('Soup', [
    { name: 'recipe', control: 'text', label: 'Recipe', help: 'a soup.', option: '--recipe <y>' },
    { name: 'salt', control: 'env', label: 'Salt', option: '--salt <s>', repeatable: true },
  ]),
];

test('an option of several kinds is listed once, with the words of each', () => {
  const help = withInputOptions(new Command('cook'), kinds).helpInformation();
  expect(help.match(/--recipe/g)).toHaveLength(1);
  expect(help.replace(/\s+/g, ' ')).toContain(
    'Options for Cake and Soup: --recipe <x> Cake: a cake; Soup: a soup',
  );
  expect(help.replace(/\s+/g, ' ')).toContain(
    'Options for Soup: --salt <s> Salt; give the option once for each',
  );
});

test('what is given becomes the input of a request', () => {
  const command = withInputOptions(new Command('cook'), kinds);
  const given = [
    '--recipe',
    'a',
    '--salt',
    'x=1',
    '--salt',
    'y=2',
    '--eggs',
    '3',
    '--set',
    'z=[1]',
  ];
  command.parse(given, { from: 'user' });
  expect(inputOf(command.opts(), kinds)).toEqual({
    ...{ recipe: 'a', eggs: 3, salt: ['x=1', 'y=2'], z: [1] },
  });
});
