import { expect, test } from 'vitest';
import { rollbackWords } from './rollback-words.ts';

const run = { number: 2, project: { id: 1, name: 'shop' }, target: 'docker' };
const one = { id: 1, number: 1, project: 'shop' };
const two = { id: 2, number: 2, project: 'shop' };

test('a release is taken back in words of releases', () => {
  const words = rollbackWords({ ...run, family: 'services' });
  const plan = { snapshot: null, gone: [two], back: one, leftBehind: null };
  expect(words.goes(plan)).toBe('#2 is stopped, and #1 serves again as it was deployed.');
  expect(words.done(plan)).toBe('shop #1 serves again');
  expect(words.goes({ ...plan, back: null })).toContain('No earlier release is left');
  expect(words.done({ ...plan, back: null })).toBe('shop #2 is stopped');
  expect(JSON.stringify(words)).not.toMatch(/chain|snapshot|wallet/);
});

test('a chain is taken back to a snapshot', () => {
  const words = rollbackWords({ ...run, target: 'local', family: 'contracts' });
  const plan = { snapshot: { id: 3, name: 'before' }, gone: [two], back: null, leftBehind: null };
  expect(words.goes(plan)).toBe('Everything on local since “before” goes.');
  expect(words.done(plan)).toBe('local is back at “before” · 1 deployment taken back');
});
