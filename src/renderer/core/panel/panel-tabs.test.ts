import { describe, expect, it } from 'vitest';
import { type ContainerTab, keyOf, type LogTab, type ShellTab, tabWords } from './panel-tab.ts';
import {
  activeTab,
  allTabs,
  canMove,
  closed,
  focusedOn,
  followed,
  frontOf,
  joined,
  moved,
  noTabs,
  type PanelTabs,
  pinned,
  renamed,
  selected,
  shown,
  unfollowed,
  withoutLastClosed,
  withShells,
} from './panel-tabs.ts';

const log = (id: number, passing = false): LogTab => ({
  ...{ kind: 'log', id, number: id, project: 'vault', passing },
});
const shell = (id: string): ShellTab => ({
  ...{ kind: 'shell', id, number: 1, project: { id: 1, name: 'vault' } },
});
const container: ContainerTab = { kind: 'container', id: 'c', title: 'local', of: 'chain' };

const opened = (...tabs: (LogTab | ShellTab | ContainerTab)[]): PanelTabs =>
  tabs.reduce(shown, noTabs);
const keys = (state: PanelTabs) => state.halves.map(({ tabs }) => tabs.map(keyOf));
const fronts = (state: PanelTabs) => state.halves.map(({ active }) => active);

describe('tabs of the terminal panel', () => {
  it('have one in front, of whichever kind', () => {
    const state = opened(log(1), shell('a'), container);
    expect(keys(state)).toEqual([['log 1', 'shell a', 'container c']]);
    expect(activeTab(state)).toEqual(container);
    expect(fronts(selected(state, 'log 1'))).toEqual(['log 1']);
    expect(selected(state, 'log 9')).toBe(state);
  });

  it('say number and project once, with a name and without', () => {
    expect(tabWords(log(4))).toEqual({ title: 'Deploy #4', place: 'vault' });
    expect(tabWords({ ...log(4), name: 'good one' })).toEqual({
      ...{ title: 'good one', place: 'vault #4' },
    });
    expect(tabWords({ ...shell('a'), number: 2 })).toEqual({ title: 'shell 2', place: 'vault' });
    expect(tabWords(container)).toEqual({ title: 'Container', place: 'local' });
  });

  it('keep their name when they are shown again, and lose it with an empty one', () => {
    const named = renamed(opened(log(1), log(2)), 'log 1', ' mine ');
    const again = shown(named, log(1));
    expect(activeTab(again)).toMatchObject({ id: 1, name: 'mine' });
    expect(activeTab(renamed(again, 'log 1', ' '))?.name).toBeUndefined();
  });

  it('close to the one on their left, and come back with their names, the last one first', () => {
    const state = renamed(selected(opened(log(1), log(2), log(3)), 'log 2'), 'log 2', 'mine');
    const without = closed(state, ['log 2']);
    expect(keys(without)).toEqual([['log 1', 'log 3']]);
    expect(fronts(without)).toEqual(['log 1']);
    const none = closed(without, ['log 1', 'log 3']);
    expect(none.halves).toEqual(noTabs.halves);
    expect(none.closed.map(keyOf)).toEqual(['log 2', 'log 1', 'log 3']);
    expect(withoutLastClosed(none).closed.map(keyOf)).toEqual(['log 2', 'log 1']);
    const back = shown(none, { ...log(2), name: 'mine' });
    expect(activeTab(back)?.name).toBe('mine');
    expect(back.closed.map(keyOf)).toEqual(['log 1', 'log 3']);
    expect(fronts(closed(selected(state, 'log 3'), ['log 1']))).toEqual(['log 3']);
  });

  it('make room for new logs by giving up old ones, but no pinned one, nor one in front', () => {
    let state = pinned(opened(log(1), log(2)), 'log 2', true);
    state = moved(state, 'log 1');
    state = focusedOn(state, 0);
    for (let id = 3; id <= 30; id += 1) state = shown(state, log(id));
    const ids = allTabs(state).map(({ id }) => id);
    expect(ids).toHaveLength(20);
    expect(ids).toEqual(expect.arrayContaining([1, 2, 30]));
    expect(ids).not.toContain(3);
  });
});

describe('the run of the page', () => {
  it('comes to the front of shells and containers', () => {
    expect(fronts(followed(opened(shell('a')), log(1, true)))).toEqual(['log 1']);
    expect(fronts(followed(opened(container, log(1), shell('a')), log(1, true)))).toEqual([
      'log 1',
    ]);
  });

  it('comes once, and again with another page', () => {
    const asked = shown(followed(noTabs, log(1, true)), shell('a'));
    expect(followed(asked, log(1, true))).toBe(asked);
    expect(fronts(followed(unfollowed(asked), log(1, true)))).toEqual(['log 1']);
    expect(fronts(followed(asked, log(2, true)))).toEqual(['log 2']);
    // A deployment that begins has its log in front.
    expect(fronts(followed(asked, log(1)))).toEqual(['log 1']);
  });

  it('takes the place of the one before, unless that was kept', () => {
    const passing = followed(opened(shell('a')), log(1, true));
    expect(keys(followed(passing, log(2, true)))).toEqual([['shell a', 'log 2']]);
    for (const kept of [
      renamed(passing, 'log 1', 'mine'),
      pinned(pinned(passing, 'log 1', true), 'log 1', false),
      followed(passing, log(1)),
    ]) {
      expect(keys(followed(kept, log(2, true)))).toEqual([['shell a', 'log 1', 'log 2']]);
    }
  });

  it('stays behind a pinned tab, or shows beside it', () => {
    const state = pinned(opened(log(1), shell('a')), 'shell a', true);
    const behind = followed(state, log(2, true));
    expect(keys(behind)).toEqual([['log 1', 'shell a', 'log 2']]);
    expect(fronts(behind)).toEqual(['shell a']);
    const split = moved(state, 'shell a');
    expect(fronts(followed(split, log(2, true)))).toEqual(['log 2', 'shell a']);
    // What the user wants to see comes in front of a pinned one as well.
    expect(fronts(shown(state, log(3)))).toEqual(['log 3']);
  });

  it('has its place in the half where the one before it was', () => {
    const split = moved(followed(opened(shell('a')), log(1, true)), 'log 1');
    const next = followed(focusedOn(split, 0), log(2, true));
    expect(keys(next)).toEqual([['shell a'], ['log 2']]);
    expect(fronts(next)).toEqual(['shell a', 'log 2']);
  });
});

describe('two halves', () => {
  const split = moved(opened(log(1), log(2), shell('a')), 'shell a');

  it('are made by showing a tab beside the others', () => {
    expect(keys(split)).toEqual([['log 1', 'log 2'], ['shell a']]);
    expect(fronts(split)).toEqual(['log 2', 'shell a']);
    expect(activeTab(split)?.id).toBe('a');
    expect(canMove(opened(log(1)), 'log 1')).toBe(false);
    expect(moved(opened(log(1)), 'log 1')).toEqual(opened(log(1)));
  });

  it('each have their own tab in front, and new ones come to the one used last', () => {
    const left = selected(split, 'log 1');
    expect(fronts(left)).toEqual(['log 1', 'shell a']);
    expect(keys(shown(left, container))).toEqual([['log 1', 'log 2', 'container c'], ['shell a']]);
    expect(keys(shown(split, container))).toEqual([
      ['log 1', 'log 2'],
      ['shell a', 'container c'],
    ]);
  });

  it('become one when either has no tab left', () => {
    const right = closed(split, ['shell a']);
    expect(keys(right)).toEqual([['log 1', 'log 2']]);
    expect(right.focused).toBe(0);
    const left = closed(split, ['log 1', 'log 2']);
    expect(keys(left)).toEqual([['shell a']]);
    expect(activeTab(left)?.id).toBe('a');
    expect(keys(moved(split, 'shell a'))).toEqual([['log 1', 'log 2', 'shell a']]);
  });

  it('are joined with the tab in front that was used last', () => {
    const one = joined(selected(split, 'log 1'));
    expect(keys(one)).toEqual([['log 1', 'log 2', 'shell a']]);
    expect(fronts(one)).toEqual(['log 1']);
  });
});

describe('shells', () => {
  it('have a tab each as long as the core has them', () => {
    const state = withShells(opened(log(1)), [shell('a'), shell('b')]);
    expect(keys(state)).toEqual([['log 1', 'shell a', 'shell b']]);
    expect(fronts(state)).toEqual(['log 1']);
    const named = selected(renamed(state, 'shell b', 'mine'), 'shell b');
    const left = withShells(named, [{ ...shell('b'), project: { id: 1, name: 'other' } }]);
    expect(keys(left)).toEqual([['log 1', 'shell b']]);
    expect(activeTab(left)).toMatchObject({ name: 'mine', project: { name: 'other' } });
    expect(left.closed.map(keyOf)).toEqual(['shell a']);
    expect(fronts(withShells(noTabs, [shell('a')]))).toEqual(['shell a']);
  });

  it('leave the other tabs as they are when they end', () => {
    const [half] = withShells(opened(log(1), shell('a')), []).halves;
    expect(half && frontOf(half)?.id).toBe(1);
  });
});
