import type { MenuItemConstructorOptions } from 'electron';
import { pageOf } from './address.ts';

export interface MenuFacts {
  platform: NodeJS.Platform;
  isPackaged: boolean;
  /** What was added last comes first. */
  recent: readonly { id: number; name: string; path: string }[];
}

/** What Drydock's own menu items do. */
export interface MenuActions {
  /** Shows a page of the window, such as `/settings`. */
  show(page: string): void;
  newDeployment(): void;
  addFolder(): void;
  openDataFolder(): void;
  revealLogs(): void;
  openReference(): void;
}

type Item = MenuItemConstructorOptions;

const separator: Item = { type: 'separator' };

/** The menu of the app, with the places and keys that each system is used to. */
export function menuTemplate(facts: MenuFacts, actions: MenuActions): Item[] {
  const isMac = facts.platform === 'darwin';
  const settings: Item = {
    label: 'Settings…',
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.show('/settings'),
  };
  return [
    ...(isMac ? [appMenu(settings, updates(actions))] : []),
    fileMenu(facts, actions, isMac ? [] : [separator, settings]),
    { role: 'editMenu' },
    viewMenu(facts),
    { role: 'windowMenu' },
    helpMenu(facts, actions),
  ];
}

const updates = ({ show }: MenuActions): Item => ({
  label: 'Check for updates…',
  click: () => show('/open/check-for-updates'),
});

function appMenu(settings: Item, updates: Item): Item {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      updates,
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
}

function fileMenu(facts: MenuFacts, actions: MenuActions, extra: Item[]): Item {
  return {
    label: '&File',
    submenu: [
      { label: 'New deployment', accelerator: 'CmdOrCtrl+N', click: actions.newDeployment },
      { label: 'Add folder…', accelerator: 'CmdOrCtrl+O', click: actions.addFolder },
      recentMenu(facts, actions),
      ...extra,
      separator,
      { role: facts.platform === 'darwin' ? 'close' : 'quit' },
    ],
  };
}

const mostRecent = 10;

function recentMenu({ recent }: MenuFacts, { show }: MenuActions): Item {
  return {
    label: 'Recent folders',
    enabled: recent.length > 0,
    submenu: recent.slice(0, mostRecent).map(({ id, name, path }) => ({
      // An ampersand would underline what comes after it.
      label: `${name} – ${path}`.replaceAll('&', '&&'),
      click: () => show(`/projects/${id}`),
    })),
  };
}

function viewMenu({ isPackaged }: MenuFacts): Item {
  const developer: Item[] = isPackaged
    ? []
    : [{ role: 'reload' }, { role: 'toggleDevTools' }, separator];
  return {
    label: '&View',
    submenu: [
      ...developer,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
    ],
  };
}

function helpMenu({ platform }: MenuFacts, actions: MenuActions): Item {
  return {
    role: 'help',
    submenu: [
      { label: 'API reference', click: actions.openReference },
      separator,
      { label: 'Show data folder', click: actions.openDataFolder },
      { label: 'Show logs', click: actions.revealLogs },
      ...(platform === 'darwin' ? [] : [separator, updates(actions), { role: 'about' as const }]),
    ],
  };
}

/**
 * Where a deployment begins: at the project whose page is shown, otherwise at the list of them.
 *
 * @param address of the page that is shown
 */
export function deployPage(address: string): string {
  const [, id] = /^\/projects\/(\d+)(?:\/|$)/.exec(pageOf(address)) ?? [];
  return id ? `/projects/${id}` : '/';
}
