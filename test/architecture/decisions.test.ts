import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { appRoot } from '#main/lib/app-root.ts';

const folder = path.join(appRoot(), 'docs', 'adr');
const files = readdirSync(folder).filter((name) => /^\d{3}-/.test(name));

test('each decision has a number of its own, which its title repeats', () => {
  const numbers = files.map((name) => name.slice(0, 3));
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  for (const name of files) {
    const [title = ''] = readFileSync(path.join(folder, name), 'utf8').split('\n');
    expect(title, name).toMatch(new RegExp(`^# ${name.slice(0, 3)}: `));
  }
});

test('a decision that another one names is there', () => {
  for (const name of files) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    for (const [, number, file = ''] of text.matchAll(/\[(\d{3})\]\((\d{3}-[\w-]+\.md)\)/g)) {
      expect(files, name).toContain(file);
      expect(file.slice(0, 3), name).toBe(number);
    }
  }
});
