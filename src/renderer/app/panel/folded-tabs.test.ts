import { describe, expect, it } from 'vitest';
import type { LogTab } from '../../core/panel/panel-tab.ts';
import { foldedTabs, narrowestTab, widestTab } from './folded-tabs.ts';

const log = (id: number): LogTab => ({
  ...{ kind: 'log', id, number: id, project: 'vault', passing: false },
});
const tabs = [1, 2, 3, 4, 5].map(log);
const folded = (count: number, running: number[], all = tabs, active = 5) =>
  foldedTabs(all, {
    active: `log ${active}`,
    width: widestTab + (count - 1) * narrowestTab,
    isEnded: ({ id }) => !running.includes(Number(id)),
  }).map(({ id }) => id);

describe('tabs for which there is no room', () => {
  it('are none while all fit', () => {
    expect(folded(5, [])).toEqual([]);
  });

  it('are the oldest that have ended', () => {
    expect(folded(4, [])).toEqual([1]);
    expect(folded(3, [1])).toEqual([2, 3]);
  });

  it('are running ones when there are no others, and pinned ones at last', () => {
    const all = tabs.map((tab) => ({ ...tab, pinned: tab.id === 2 }));
    expect(folded(2, [3], all)).toEqual([1, 3, 4]);
    expect(folded(1, [3], all)).toEqual([1, 2, 3, 4]);
  });

  it('never are the one in front', () => {
    expect(folded(1, [], tabs, 1)).toEqual([2, 3, 4, 5]);
    expect(foldedTabs(tabs, { active: 'log 1', width: 0, isEnded: () => true })).toHaveLength(4);
  });
});
