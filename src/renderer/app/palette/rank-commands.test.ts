import { expect, test } from 'vitest';
import type { CommandRow } from '../../ui/command-list.ts';
import { rankCommands } from './rank-commands.ts';

const row = (title: string, about: Partial<CommandRow> = {}): CommandRow => ({
  ...{ key: title, id: title, title, keywords: [], icon: null, detail: null, group: '' },
  ...{ shortcut: undefined, goes: false, destroys: undefined, copies: undefined },
  run: () => undefined,
  ...about,
});
const page = (name: string) => row(`Go to ${name}`, { name, goes: true });

const rows = [
  row('Deploy vault', { keywords: ['run', 'script', 'start'] }),
  row('Redeploy vault #13', { destroys: 'asks itself', keywords: ['again'] }),
  row('Roll back to before vault #13', { destroys: 'asks itself', keywords: ['history'] }),
  row('Revert local to before the last deployment', { destroys: 'asks itself' }),
  row('Set an account on local'),
  row('Snapshot local', { keywords: ['save'] }),
  row('Show the log of vault #13', { name: 'Log', goes: true }),
  page('Overview'),
  page('History'),
  page('Settings'),
  row('vault #13', { goes: true, keywords: ['catalog'] }),
];
const found = (text: string, used = {}) => rankCommands(rows, text, used).map(({ title }) => title);

test('a page comes before actions that only contain what is typed', () => {
  expect(found('hist')[0]).toBe('Go to History');
  expect(found('set')[0]).toBe('Go to Settings');
  expect(found('log')[0]).toBe('Show the log of vault #13');
  expect(found('LOG')[0]).toBe('Show the log of vault #13');
});

test('what destroys something comes after everything else, also when it was used last', () => {
  const used = { 'Roll back to before vault #13': 5, 'Redeploy vault #13': 6 };
  for (const text of ['', 'r', 're', 'vault', 'history', 'dep', 'before']) {
    const titles = rankCommands(rows, text, used);
    const first = titles.findIndex(({ destroys }) => destroys);
    if (first !== -1) expect(titles.slice(first).every(({ destroys }) => destroys)).toBe(true);
  }
  expect(found('roll back')).toEqual(['Roll back to before vault #13']);
});

test('the beginning counts more than a word, a word more than a part; then what was used last', () => {
  expect(found('s').slice(0, 4)).toEqual([
    ...['Go to Settings', 'Set an account on local', 'Snapshot local'],
    'Show the log of vault #13',
  ]);
  expect(found('s').indexOf('Deploy vault')).toBeLessThan(found('s').indexOf('Go to History'));
  const used = { 'Snapshot local': 1 };
  expect(found('s', used).slice(0, 2)).toEqual(['Go to Settings', 'Snapshot local']);
});

test('words are found in any order', () => {
  expect(found('local snap')).toEqual(['Snapshot local']);
  expect(found('go sett')).toEqual(['Go to Settings']);
  expect(found('nothing like it')).toEqual([]);
});

test('without a text what was used last comes first', () => {
  const used = { 'Snapshot local': 1, 'Go to Settings': 2 };
  expect(found('', used).slice(0, 3)).toEqual(['Go to Settings', 'Snapshot local', 'Deploy vault']);
});
