import { expect, it } from 'vitest';
import { groupsOf } from './groups.ts';

const thing = (id: number, group = '') => ({ id, group });

const all = [thing(1, 'b'), thing(2), thing(3, 'a'), thing(4, 'b'), thing(5)];

it('shows those without a group first, then each group where its first one is', () => {
  const shown = groupsOf(all).map(({ name, things }) => [name, things.map(({ id }) => id)]);
  expect(shown).toEqual([
    ['', [2, 5]],
    ['b', [1, 4]],
    ['a', [3]],
  ]);
  expect(groupsOf([thing(1, 'b')])).toHaveLength(1);
});
