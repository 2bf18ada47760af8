import { keyOf, type LogTab, type PanelTab, type ShellTab, type TabKey } from './panel-tab.ts';

/** One side of the panel, with its own tab in front. */
export interface Half {
  tabs: readonly PanelTab[];
  active: TabKey | null;
}

/** Which tabs the terminal panel has, and which of them is in front. */
export interface PanelTabs {
  /** One, or two beside each other, none of which is empty then. */
  halves: readonly Half[];
  /** The half that was used last. */
  focused: number;
  /** Those that were closed, the last one at the end. */
  closed: readonly PanelTab[];
  /** The run whose log was brought to the front for the page that shows it. */
  followed: number | null;
}

const mostLogs = 20;
const mostClosed = 10;

const emptyHalf: Half = { tabs: [], active: null };

export const noTabs: PanelTabs = {
  ...{ halves: [emptyHalf], focused: 0, closed: [], followed: null },
};

export const allTabs = ({ halves }: PanelTabs): PanelTab[] => halves.flatMap(({ tabs }) => tabs);

const tabOf = ({ tabs }: Half, key: TabKey | null): PanelTab | undefined =>
  tabs.find((tab) => keyOf(tab) === key);

export const frontOf = (half: Half): PanelTab | undefined => tabOf(half, half.active);

/** The tab in front of the half that was used last. */
export const activeTab = ({ halves, focused }: PanelTabs): PanelTab | undefined =>
  frontOf(halves[focused] ?? emptyHalf);

const indexOfHalf = ({ halves }: PanelTabs, key: TabKey): number =>
  halves.findIndex((half) => tabOf(half, key));

const withHalf = (state: PanelTabs, at: number, change: (half: Half) => Half): PanelTabs => ({
  ...state,
  halves: state.halves.map((half, index) => (index === at ? change(half) : half)),
});

const withTab = (state: PanelTabs, key: TabKey, change: (tab: PanelTab) => PanelTab): PanelTabs =>
  withHalf(state, indexOfHalf(state, key), (half) => ({
    ...half,
    tabs: half.tabs.map((tab) => (keyOf(tab) === key ? change(tab) : tab)),
  }));

/** Without halves that have become empty. */
function tidy({ halves, focused, ...rest }: PanelTabs): PanelTabs {
  const filled = halves.filter(({ tabs }) => tabs.length > 0);
  const used = halves.slice(0, focused).filter(({ tabs }) => tabs.length > 0).length;
  return {
    ...rest,
    halves: filled.length > 0 ? filled : [emptyHalf],
    focused: Math.max(0, Math.min(used, filled.length - 1)),
  };
}

/** The one on the left of the active one comes to the front in its place. */
function halfWithout(half: Half, isGone: (tab: PanelTab) => boolean): Half {
  if (!half.tabs.some(isGone)) return half;
  const tabs = half.tabs.filter((tab) => !isGone(tab));
  if (tabOf({ ...half, tabs }, half.active)) return { ...half, tabs };
  const at = half.tabs.findIndex((tab) => keyOf(tab) === half.active);
  const next = half.tabs.slice(0, at).findLast((tab) => !isGone(tab)) ?? tabs[0];
  return { tabs, active: next ? keyOf(next) : null };
}

const without = (state: PanelTabs, isGone: (tab: PanelTab) => boolean): PanelTabs =>
  tidy({ ...state, halves: state.halves.map((half) => halfWithout(half, isGone)) });

/** Brings a tab to the front of the half that it is in. */
export function selected(state: PanelTabs, key: TabKey): PanelTabs {
  const at = indexOfHalf(state, key);
  if (at < 0) return state;
  return { ...withHalf(state, at, (half) => ({ ...half, active: key })), focused: at };
}

function added(state: PanelTabs, tab: PanelTab, at: number): PanelTabs {
  const next = withHalf(state, at, (half) => ({ ...half, tabs: [...half.tabs, tab] }));
  const fronts = next.halves.map(({ active }) => active);
  const logs = allTabs(next).filter(({ kind }) => kind === 'log');
  const spare = logs.filter((one) => one !== tab && !one.pinned && !fronts.includes(keyOf(one)));
  const old = spare.slice(0, Math.max(0, logs.length - mostLogs));
  return without(next, (one) => old.includes(one));
}

/** What is known of it now, with what the user made of it. */
function newer(before: PanelTab, { ...tab }: PanelTab): PanelTab {
  if (tab.kind === 'log') tab.passing &&= before.kind === 'log' && before.passing;
  return { ...tab, name: before.name, pinned: before.pinned };
}

/** Opens a tab, or brings it to the front, because the user wants to see it. */
export function shown(state: PanelTabs, tab: PanelTab): PanelTabs {
  const key = keyOf(tab);
  const known = indexOfHalf(state, key) >= 0;
  const next = known
    ? withTab(state, key, (before) => newer(before, tab))
    : added(state, tab, state.focused);
  const closed = state.closed.filter((one) => keyOf(one) !== key);
  return { ...selected(next, key), closed };
}

/**
 * Opens the log of the run that a page shows. It comes to the front once for each run and page, so
 * that what the user puts before it stays there, and never before a tab that is pinned.
 */
export function followed(state: PanelTabs, tab: LogTab): PanelTabs {
  if (tab.passing && state.followed === tab.id) return state;
  const key = keyOf(tab);
  const next = { ...state, followed: tab.id };
  if (indexOfHalf(state, key) >= 0) {
    return broughtForward(
      withTab(next, key, (before) => newer(before, tab)),
      key,
    );
  }
  const passing = allTabs(state).find((one) => one.kind === 'log' && one.passing);
  if (passing && tab.passing) return broughtForward(replaced(next, keyOf(passing), tab), key);
  return broughtForward(added(next, tab, halfToFollowIn(state)), key);
}

/** The page that showed the followed run was left. */
export const unfollowed = (state: PanelTabs): PanelTabs => ({ ...state, followed: null });

function halfToFollowIn({ halves, focused }: PanelTabs): number {
  const isPinned = (at: number) => frontOf(halves[at] ?? emptyHalf)?.pinned === true;
  const other = halves.findIndex((_, at) => !isPinned(at));
  return isPinned(focused) && other >= 0 ? other : focused;
}

const replaced = (state: PanelTabs, key: TabKey, tab: PanelTab): PanelTabs =>
  withHalf(state, indexOfHalf(state, key), ({ tabs, active }) => ({
    tabs: tabs.map((one) => (keyOf(one) === key ? tab : one)),
    active: active === key ? keyOf(tab) : active,
  }));

function broughtForward(state: PanelTabs, key: TabKey): PanelTabs {
  return withHalf(state, indexOfHalf(state, key), (half) => ({
    ...half,
    active: frontOf(half)?.pinned ? half.active : key,
  }));
}

/** Closes tabs; the last ones can be reopened. */
export function closed(state: PanelTabs, keys: readonly TabKey[]): PanelTabs {
  return vanished(state, (tab) => keys.includes(keyOf(tab)));
}

function vanished(state: PanelTabs, isGone: (tab: PanelTab) => boolean): PanelTabs {
  const gone = allTabs(state).filter(isGone);
  if (gone.length === 0) return state;
  return { ...without(state, isGone), closed: [...state.closed, ...gone].slice(-mostClosed) };
}

/** Takes what is reopened off the list of closed tabs. */
export const withoutLastClosed = (state: PanelTabs): PanelTabs => ({
  ...state,
  closed: state.closed.slice(0, -1),
});

/** Shows a tab in the other half, which is made at the right when there is only one. */
export function moved(state: PanelTabs, key: TabKey): PanelTabs {
  const from = indexOfHalf(state, key);
  const tab = allTabs(state).find((one) => keyOf(one) === key);
  if (!tab || !canMove(state, key)) return state;
  const to = from === 0 ? 1 : 0;
  const both = state.halves.length === 1 ? [...state.halves, emptyHalf] : state.halves;
  const halves = both.map((half, at): Half => {
    if (at === to) return { tabs: [...half.tabs, tab], active: key };
    return halfWithout(half, (one) => one === tab);
  });
  return tidy({ ...state, halves, focused: to });
}

/** Whether there is another half to move it to, or something left to stand beside it. */
export const canMove = ({ halves }: PanelTabs, key: TabKey): boolean =>
  halves.length > 1 || halves.some((half) => tabOf(half, key) && half.tabs.length > 1);

/** Makes one half of both. */
export function joined(state: PanelTabs): PanelTabs {
  const active = activeTab(state);
  const key = active ? keyOf(active) : null;
  return { ...state, halves: [{ tabs: allTabs(state), active: key }], focused: 0 };
}

/** @param name empty: its own title again */
export function renamed(state: PanelTabs, key: TabKey, name: string): PanelTabs {
  return withTab(state, key, (tab) => kept({ ...tab, name: name.trim() || undefined }));
}

export function pinned(state: PanelTabs, key: TabKey, isPinned: boolean): PanelTabs {
  return withTab(state, key, (tab) => kept({ ...tab, pinned: isPinned || undefined }));
}

const kept = (tab: PanelTab): PanelTab => (tab.kind === 'log' ? { ...tab, passing: false } : tab);

export const focusedOn = (state: PanelTabs, half: number): PanelTabs =>
  state.focused === half ? state : { ...state, focused: half };

/** A tab for each shell that the core has, and none for others. */
export function withShells(state: PanelTabs, shells: readonly ShellTab[]): PanelTabs {
  const ids = new Set(shells.map(({ id }) => id));
  const left = vanished(state, (tab) => tab.kind === 'shell' && !ids.has(tab.id));
  return shells.reduce((next, shell) => {
    const key = keyOf(shell);
    if (indexOfHalf(next, key) >= 0) return withTab(next, key, (tab) => newer(tab, shell));
    const more = added(next, shell, next.focused);
    const half = more.halves[more.focused];
    return half && half.active === null ? selected(more, key) : more;
  }, left);
}
