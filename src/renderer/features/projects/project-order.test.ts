import { expect, it } from 'vitest';
import type { Project } from '#main/features/projects/contract.ts';
import { groupsOf } from './project-order.ts';

const project = (id: number, group = ''): Project => ({
  ...{ id, name: `p${id}`, path: `/p${id}`, kind: 'x', group, color: null, addedAt: 0 },
  ...{ missing: false, engine: null, dockerfile: null, toolVersions: {}, trustedBy: null },
});

const all = [project(1, 'b'), project(2), project(3, 'a'), project(4, 'b'), project(5)];

it('shows those without a group first, then each group where its first one is', () => {
  const shown = groupsOf(all).map(({ name, projects }) => [name, projects.map(({ id }) => id)]);
  expect(shown).toEqual([
    ['', [2, 5]],
    ['b', [1, 4]],
    ['a', [3]],
  ]);
  expect(groupsOf([project(1, 'b')])).toHaveLength(1);
});
