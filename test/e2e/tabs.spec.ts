import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import type { DrydockPage } from '../harness/page.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

/** The terminal panel, as a person finds its parts. */
class Panel {
  readonly root: Locator;
  readonly tabs: Locator;

  constructor(readonly app: DrydockPage) {
    this.root = app.page.getByRole('region', { name: 'Terminal', exact: true });
    this.tabs = this.root.getByRole('tab');
  }

  list(name: string): Locator {
    return this.root.getByRole('tablist', { name, exact: true }).getByRole('tab');
  }

  tab(name: RegExp): Locator {
    return this.tabs.filter({ hasText: name });
  }

  async openShell(): Promise<void> {
    const before = await this.tabs.filter({ hasText: /^shell/ }).count();
    await this.root.getByRole('button', { name: /^Open a shell in/ }).click();
    await expect(this.tabs.filter({ hasText: /^shell/ })).toHaveCount(before + 1);
    await expect(this.root.getByRole('textbox', { name: /^Shell in/ })).toBeFocused();
  }

  async choose(tab: Locator, item: string): Promise<void> {
    await tab.click({ button: 'right' });
    await this.app.page.getByRole('menuitem', { name: item, exact: true }).click();
    await expect(this.app.page.getByRole('menu')).toHaveCount(0);
  }

  async height(): Promise<number> {
    return (await this.root.boundingBox())?.height ?? 0;
  }
}

/** The tabs that their list cuts off. */
const clipped = (tabs: Locator): Promise<string[]> =>
  tabs.evaluateAll((all) =>
    all
      .filter((one) => {
        const list = one.closest('[role="tablist"]')?.getBoundingClientRect();
        const { left, right } = one.getBoundingClientRect();
        return !list || left < list.left - 1 || right > list.right + 1;
      })
      .map((one) => one.textContent ?? ''),
  );

async function picture(app: DrydockPage, name: string): Promise<void> {
  if (pictures) await app.page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

test('an empty panel is its bar, a collapsed one has no scroll bar, and it fills the page when asked', async ({
  app,
  project,
}) => {
  const { page } = app;
  const panel = new Panel(app);
  const { folder } = await project('token-vault');
  await app.addProject(folder, 'vault');
  await expect(panel.root).toContainText('Logs of deployments and shells appear here.');
  await expect.poll(() => panel.height()).toBeLessThanOrEqual(34);
  await expect(page.getByRole('separator', { name: 'Height of the terminal' })).toBeHidden();
  await picture(app, 'empty');

  // The key begins with a shell, and then hides and shows the panel.
  await page.keyboard.press('Control+`');
  const shell = page.getByRole('region', { name: 'Shell in vault' });
  await expect(shell.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('seq 1 500\n');
  await expect(shell.locator('.xterm-rows')).toContainText('500');
  const usual = await panel.height();
  expect(usual).toBeGreaterThan(100);
  await page.keyboard.press('Control+`');
  await expect.poll(() => panel.height()).toBeLessThanOrEqual(34);
  await expect(shell.locator('.xterm-scrollable-element > .scrollbar').first()).toBeHidden();
  await picture(app, 'collapsed');
  await page.reload();
  await expect(panel.tab(/^shell/)).toBeVisible();
  await expect.poll(() => panel.height()).toBeLessThanOrEqual(34);
  await panel.tab(/^shell/).click();
  await expect.poll(() => panel.height()).toBeCloseTo(usual, -1);
  await page.keyboard.press('Control+`');
  await expect.poll(() => panel.height()).toBeLessThanOrEqual(34);
  await panel.tab(/^shell/).focus();
  await app.command('Show or hide the terminal');
  await expect.poll(() => panel.height()).toBeCloseTo(usual, -1);

  // By the button, by two clicks on the bar, by the key; each page is to be seen again.
  const main = await app.main.boundingBox();
  const isFull = () => expect.poll(() => panel.height()).toBe(main?.height);
  const isUsual = () => expect.poll(() => panel.height()).toBeCloseTo(usual, -1);
  await panel.root.getByRole('button', { name: 'Maximise the terminal' }).click();
  await isFull();
  await picture(app, 'maximised');
  await page.reload();
  await isFull();
  await panel.root.getByRole('button', { name: 'Restore the terminal' }).click();
  await isUsual();
  const bar = await panel.root.boundingBox();
  const emptyPlace = [(bar?.x ?? 0) + (bar?.width ?? 0) / 2, (bar?.y ?? 0) + 17] as const;
  await page.mouse.dblclick(...emptyPlace);
  await isFull();
  await shell.getByRole('textbox').focus();
  await page.keyboard.press('Control+Shift+Backquote');
  await isUsual();
  await page.keyboard.press('Control+Shift+Backquote');
  await isFull();
  await app.sidebar.getByRole('link', { name: 'History' }).click();
  await isUsual();
});

test('tabs are renamed, closed and reopened, and a reload restores them', async ({
  app,
  drydock,
  project,
}) => {
  const { page } = app;
  const panel = new Panel(app);
  const { folder } = await project('token-vault');
  await app.addProject(folder, 'vault');
  for (let n = 0; n < 3; n += 1) await panel.openShell();

  await panel.tab(/^shell 2/).dblclick();
  const name = page.getByRole('textbox', { name: 'Name of the tab shell 2' });
  await expect(name).toBeFocused();
  await name.fill('builds');
  await picture(app, 'renaming');
  await page.keyboard.press('Enter');
  await expect(panel.tab(/^builds/)).toBeFocused();
  await expect(panel.tab(/^builds/)).toHaveText(/^buildsvault$/);
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name of the tab builds' }).fill('other');
  await page.keyboard.press('Escape');
  await expect(panel.tab(/^builds/)).toBeFocused();
  await app.command('Rename the tab');
  await page.getByRole('textbox', { name: 'Name of the tab builds' }).fill('nightly');
  await page.keyboard.press('Enter');
  await expect(panel.tab(/^nightly/)).toHaveAttribute('aria-selected', 'true');

  await page.reload();
  await expect(panel.tabs).toHaveText([/^shell/, /^nightly/, /^shell 3/]);
  await expect(panel.tab(/^nightly/)).toHaveAttribute('aria-selected', 'true');

  // Arrow keys, and Delete, after which the next one has the focus.
  await panel.tab(/^nightly/).focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel.tab(/^shell 3/)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await expect(panel.tabs).toHaveText([/^shell/, /^nightly/]);
  await expect(panel.tab(/^nightly/)).toBeFocused();

  // Others that run are asked about, and ended ones are not.
  await panel.choose(panel.tab(/^nightly/), 'Close others');
  await expect(page.getByRole('alertdialog').or(app.dialog)).toContainText('1 running shell');
  await page.getByRole('button', { name: 'Close them' }).click();
  await expect(panel.tabs).toHaveText([/^nightly/]);
  await expect.poll(async () => (await drydock.client.terminals.list({})).length).toBe(1);

  await panel
    .tab(/^nightly/)
    .locator('[data-close]')
    .click();
  await expect(panel.tabs).toHaveCount(0);
  await page.keyboard.press('Alt+Shift+T');
  await expect(panel.tab(/^nightly/)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Shell in vault' })).toBeVisible();

  await panel.openShell();
  await page.keyboard.type('exit\n');
  await expect(page.getByRole('status').filter({ hasText: 'exit code 0' })).toBeVisible();
  await page.keyboard.press('Shift+Escape');
  await page.getByRole('button', { name: 'More for this tab' }).click();
  await page.getByRole('menuitem', { name: 'Close all ended' }).click();
  await expect(panel.tabs).toHaveText([/^nightly/]);
});

test('the log of the page’s run is in front, unless another tab is pinned', async ({
  app,
  drydock,
  project,
}) => {
  const { page } = app;
  const panel = new Panel(app);
  const { folder } = await project('broken');
  await app.addProject(folder, 'gates');
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['1']);
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['2']);
  const front = panel.root.getByRole('tab', { selected: true });

  await app.go('/history');
  await panel.openShell();
  await expect(front).toHaveText(/^shell/);
  await app.go('/deployments/1');
  await expect(front).toHaveText(/^Deploy #1gates$/);
  await expect(app.log).toBeVisible();

  // The user puts the shell before it, which stays through a reload, but not on another page.
  await panel.tab(/^shell/).click();
  await page.reload();
  await expect(app.main.getByRole('heading', { name: 'Deployment #1' })).toBeVisible();
  await expect(front).toHaveText(/^shell/);
  await app.go('/deployments/2');
  await expect(front).toHaveText(/^Deploy #2gates$/);
  // What was opened by browsing gives its place to the next.
  await expect(panel.tab(/^Deploy/)).toHaveCount(1);

  await panel.choose(panel.tab(/^shell/), 'Pin');
  await panel.tab(/^shell/).click();
  await panel.tab(/^shell/).click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Unpin' })).toBeVisible();
  await picture(app, 'menu');
  await page.keyboard.press('Escape');
  await app.go('/deployments/1');
  await expect(panel.tab(/^Deploy #1/)).toBeVisible();
  await expect(front).toHaveText(/^shell/);
  // Asked for, it comes before a pinned one as well.
  await app.main.getByRole('heading', { level: 1 }).click();
  await app.command('Show the log of gates #2');
  await expect(front).toHaveText(/^Deploy #2/);
});

test('two tabs are shown beside each other, each half with its own search', async ({
  app,
  drydock,
  project,
}) => {
  const { page } = app;
  const panel = new Panel(app);
  const { folder } = await project('broken');
  await app.addProject(folder, 'gates');
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['1']);
  await app.go('/deployments/1');
  await expect(app.log).toBeVisible();
  await panel.openShell();
  await page.keyboard.type('echo left""right\n');
  const shell = page.getByRole('region', { name: 'Shell in gates' });
  await expect(shell.locator('.xterm-rows')).toContainText('leftright');
  await page.keyboard.press('Alt+Shift+S');

  const left = panel.list('Logs and shells');
  const right = panel.list('Logs and shells on the right');
  await expect(left).toHaveText([/^Deploy #1/]);
  await expect(right).toHaveText([/^shell/]);
  await expect(shell.locator('.xterm-rows')).toContainText('leftright');
  await expect(app.log).toBeVisible();

  await page.getByRole('button', { name: 'Search in the log' }).click();
  await page.getByLabel('Find in the log').fill('Deployed');
  await page.getByRole('button', { name: 'Search in the shell' }).click();
  await expect(page.getByLabel('Find in the shell')).toBeVisible();
  await expect(page.getByLabel('Find in the log')).toBeVisible();
  await page.getByLabel('Find in the shell').press('Escape');
  await page.getByLabel('Find in the log').press('Escape');

  const divider = page.getByRole('separator', { name: 'Width of the left half' });
  await divider.focus();
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowRight');
  const width = async () => (await app.log.boundingBox())?.width ?? 0;
  const wider = await width();
  expect(wider).toBeGreaterThan(((await panel.root.boundingBox())?.width ?? 0) / 2 + 20);
  await page.reload();
  await expect(shell).toBeVisible();
  await expect.poll(width).toBeCloseTo(wider, -1);

  for (const theme of ['dark', 'light'] as const) {
    await drydock.client.settings.set({ theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page })
      .include('section[aria-label="Terminal"]')
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
    if (!pictures) continue;
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      await picture(app, `split-${theme}-${width}`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  await page.setViewportSize({ width: 1024, height: 700 });
  await expect.poll(() => clipped(right)).toEqual([]);
  const cross = right.locator('[data-close]');
  await expect(cross).toBeInViewport({ ratio: 1 });
  const { width: wide, height: high } = (await cross.boundingBox()) ?? {};
  expect([wide, high]).toEqual([24, 24]);
  await page.setViewportSize({ width: 1440, height: 900 });

  // Closing the last tab of a half leaves the other one.
  await right.press('Delete');
  await expect(right).toHaveCount(0);
  await expect(left).toHaveText([/^Deploy #1/]);
  await expect(left).toBeFocused();
});

test('tabs for which there is no room are in a menu, never the one in front', async ({
  app,
  drydock,
  project,
}) => {
  const { page } = app;
  const panel = new Panel(app);
  const { folder } = await project('broken');
  await app.addProject(folder, 'gates');
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['1']);
  await app.go('/deployments/1');
  for (let n = 0; n < 4; n += 1) await panel.openShell();
  await panel.choose(panel.tab(/^Deploy #1/), 'Pin');
  await panel.choose(panel.tab(/^Deploy #1/), 'Unpin');
  await page.setViewportSize({ width: 1024, height: 700 });
  const more = panel.root.getByRole('button', { name: /^\d more$/ });
  await expect(more).toBeVisible();
  // The log has ended, the shells run.
  await expect(panel.tab(/^Deploy/)).toHaveCount(0);
  const front = panel.root.getByRole('tab', { selected: true });
  await expect(front).toBeInViewport({ ratio: 1 });
  await expect.poll(() => clipped(panel.tabs)).toEqual([]);
  await picture(app, 'folded-1024');
  await more.click();
  await page.getByRole('menuitem', { name: /^Deploy #1/ }).click();
  await expect(front).toHaveText(/^Deploy #1/);
  await expect(front).toBeInViewport({ ratio: 1 });
});
