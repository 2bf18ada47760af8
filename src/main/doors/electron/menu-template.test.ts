import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { deployPage, type MenuFacts, menuTemplate } from './menu-template.ts';

const platforms = ['darwin', 'win32', 'linux'] as const;

function menu(facts: Partial<MenuFacts> = {}) {
  const done: string[] = [];
  const did = (what: string) => () => void done.push(what);
  const template = menuTemplate(
    { platform: 'linux', isPackaged: true, recent: [], ...facts },
    {
      show: (page) => void done.push(page),
      newDeployment: did('new deployment'),
      addFolder: did('add folder'),
      openDataFolder: did('data folder'),
      revealLogs: did('logs'),
      openReference: did('reference'),
    },
  );
  return { template, items: flat(template), done };
}

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [
    item,
    ...flat((item.submenu ?? []) as MenuItemConstructorOptions[]),
  ]);
}

/** As Electron calls it. */
const click = (item: MenuItemConstructorOptions | undefined) =>
  item?.click?.({} as never, undefined, {} as never);

test.each(platforms)('every action of ours is there and acts, on %s', (platform) => {
  const { items, done } = menu({
    platform,
    recent: [{ id: 3, name: 'vault', path: '/code/R&D/vault' }],
  });
  const own = items.filter((item) => item.click);
  for (const item of own) click(item);
  expect([...done].sort()).toEqual([
    '/open/check-for-updates',
    '/projects/3',
    '/settings',
    'add folder',
    'data folder',
    'logs',
    'new deployment',
    'reference',
  ]);
  expect(own.some(({ label }) => label === 'vault – /code/R&&D/vault')).toBe(true);
  const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each(platforms)('the usual roles are there, on %s', (platform) => {
  const roles = menu({ platform }).items.flatMap(({ role }) => role ?? []);
  expect(roles).toEqual(
    expect.arrayContaining(['editMenu', 'windowMenu', 'help', 'about', 'quit', 'togglefullscreen']),
  );
  expect(roles.filter((role) => role === 'about' || role === 'quit')).toHaveLength(2);
  const ofMac = roles.filter((role) => /hide|services|close/.test(role));
  expect(ofMac).toEqual(
    platform === 'darwin' ? ['services', 'hide', 'hideOthers', 'unhide', 'close'] : [],
  );
});

test('tools for developers are not in the packaged app', () => {
  const tools = (isPackaged: boolean) =>
    menu({ isPackaged }).items.filter(({ role }) => role === 'toggleDevTools' || role === 'reload');
  expect(tools(true)).toHaveLength(0);
  expect(tools(false)).toHaveLength(2);
});

test('of many folders the last ten are listed; without one the list can not be opened', () => {
  const recent = Array.from({ length: 30 }, (_, id) => ({ id, name: `p${id}`, path: `/p${id}` }));
  const listOf = (facts: Partial<MenuFacts>) =>
    menu(facts).items.find(({ label }) => label === 'Recent folders');
  expect(listOf({ recent })?.submenu).toHaveLength(10);
  expect(listOf({})?.enabled).toBe(false);
});

test('a deployment begins at the project that is shown', () => {
  expect(deployPage('app://drydock/projects/12')).toBe('/projects/12');
  expect(deployPage('app://drydock/projects/12/settings')).toBe('/projects/12');
  expect(deployPage('app://drydock/deployments/12')).toBe('/');
  expect(deployPage('app://drydock/settings#/projects/12')).toBe('/projects/12');
  expect(deployPage('app://drydock/projects/12#/settings')).toBe('/');
  expect(deployPage('app://drydock/')).toBe('/');
});
