import { expect, test } from './drydock.ts';

test('D, S and R deploy, keep and take back; in a field they are letters', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  const { page } = app;
  const total = async () => (await drydock.client.deployments.list({})).total;
  await app.addProject(folder);
  await app.chooseScript(/Many\.s\.sol/);
  await app.choose('Function', 'run(uint256)');
  const count = page.getByRole('group', { name: 'Arguments' }).getByLabel('count');
  await count.click();
  await page.keyboard.type('dsr1');
  await expect(count).toHaveValue('dsr1');
  await count.fill('2');

  await app.main.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('d');
  await expect(app.headline).toHaveText('Deployed 2 contracts', { timeout: 60_000 });
  expect(await total()).toBe(1);
  // With a modifier it is the browser's.
  await page.keyboard.press('Alt+d');
  await page.keyboard.press('Shift+D');

  const timeline = app.chain.getByRole('list', { name: 'Snapshot timeline' });
  await expect(timeline.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('s');
  await expect(timeline.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: /^Revert local/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(app.headline).toHaveText(/^Reverted/);

  // Under a dialog nothing happens either.
  await app.sidebar.getByRole('button', { name: 'Add project', exact: true }).click();
  await app.dialog.getByRole('button', { name: 'Cancel' }).focus();
  await page.keyboard.press('d');
  await page.keyboard.press('Escape');
  await expect(app.dialog).toBeHidden();
  expect(await total()).toBe(1);
  expect(await drydock.client.chains.snapshots({ chain: 'local' })).toHaveLength(2);
});

test('the palette finds and does everything, from a field too', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  const { page } = app;
  await app.addProject(folder, 'gates');
  await app.chooseScript(/NoBroadcast\.s\.sol/);

  await app.command('Start local');
  await expect(app.chain.getByRole('button', { name: 'Stop local' })).toBeVisible();
  await app.command('Mine 10 blocks on local');
  await expect
    .poll(async () => (await drydock.client.chains.get({ chain: 'local' })).blockNumber)
    .toBe(10);
  await app.command('Deploy gates');
  await expect(app.headline).toHaveText(/nothing was sent/, { timeout: 60_000 });
  await app.command('Go to Settings');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await page.getByRole('textbox', { name: 'Folder with forge' }).focus();
  await app.command('Use the light theme');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await app.command('gates #1');
  await expect(page.getByRole('heading', { name: 'Deployment #1' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await app.dialog.getByPlaceholder('Search projects').fill('no such thing anywhere');
  await expect(app.dialog.getByText('Nothing is called that.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.dialog).toBeHidden();
});

test('every control can be reached by Tab, and the one that has the focus shows it', async ({
  app,
  project,
}) => {
  const { folder } = await project('broken');
  await app.addProject(folder);
  await expect(app.page.getByRole('combobox', { name: 'Script or contract' })).toBeVisible();

  const unseen: string[] = [];
  const names = new Set<string>();
  for (let step = 0; step < 60; step++) {
    await app.page.keyboard.press('Tab');
    const focused = await app.page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const style = getComputedStyle(element);
      // A splitter is a line: it shows the focus by its colour.
      const shown =
        element.getAttribute('role') === 'separator'
          ? style.backgroundColor !== 'rgba(0, 0, 0, 0)'
          : style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
      const name =
        element.getAttribute('aria-label') ?? element.textContent?.trim() ?? element.tagName;
      return { name, shown };
    });
    if (!focused) continue;
    names.add(focused.name);
    if (!focused.shown) unseen.push(focused.name);
  }
  expect(unseen).toEqual([]);
  for (const wanted of [
    'Network',
    'Script or contract',
    'Function',
    'From',
    'Settings',
    'More for local',
  ]) {
    expect([...names]).toContain(wanted);
  }
  expect([...names].some((name) => name.startsWith('Deploy'))).toBe(true);
});
