import { expect, test } from 'vitest';
import { allKinds } from '../kinds/all.ts';
import { describeKind, kindInfo } from './kind.ts';

test('a description becomes what the schema makes of it', () => {
  const description: Parameters<typeof describeKind>[0] = {
    id: 'letter',
    label: 'Letter',
    icon: 'mail',
    markers: ['letter.txt'],
    target: 'runtime',
    family: 'site',
    phases: [{ id: 'post', label: 'Post', limit: 60, afterCrash: 'check' }],
    inputs: [
      { name: 'to', control: 'text', label: 'To' },
      { name: 'stamp', control: 'switch', label: 'Stamp', required: true, secret: true },
    ],
    actions: [],
  };
  expect(describeKind(description)).toStrictEqual(kindInfo.parse(description));
});

test.each(allKinds)('$info.id is described as the schema wants it', ({ info }) => {
  expect(kindInfo.parse(info)).toStrictEqual(info);
});
