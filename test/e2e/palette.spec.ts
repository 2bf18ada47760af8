import { expect, test } from './drydock.ts';

test('the palette selects pages before actions, and nothing that destroys', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  const { page } = app;
  await app.addProject(folder, 'gates');
  await drydock.client.chains.start({ chain: 'local' });
  await drydock.deploy('gates', 'script/Many.s.sol:Many', 'run(uint256)', ['1']);
  await expect(app.headline).toHaveText(/Deployed/);

  await page.keyboard.press('Control+k');
  const field = app.dialog.getByRole('combobox', { name: 'Search' });
  const selected = app.dialog.getByRole('option', { selected: true });
  await expect(app.dialog.getByRole('option', { name: /^Deploy gates/ })).toBeVisible();
  for (const [text, first] of [
    ['hist', /^Go to History/],
    ['set', /^Go to Settings/],
    ['log', /^Show the log of gates #1/],
    ['gates', /^Go to gates/],
    ['snap', /^Snapshot local/],
  ] as const) {
    await field.fill(text);
    await expect(selected).toHaveText(first);
  }
  // What only destroys is listed, but Enter does nothing until it is chosen; then it asks.
  await field.fill('roll back to before');
  await expect(app.dialog.getByRole('option').first()).toHaveText(/^Roll back/);
  await expect(selected).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(field).toBeVisible();
  await field.fill('revert local to before the last');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', {
    name: 'Revert local to before the last deployment?',
  });
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(app.headline).toHaveText(/Deployed/);

  // What was used comes first the next time.
  await app.command('Go to History');
  await page.keyboard.press('Control+k');
  await expect(selected).toHaveText(/^Go to History/);
});

test('what is typed before the palette is loaded is not lost, and does nothing else', async ({
  page,
  drydock,
}) => {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/(pages|parts|terminal)-/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(drydock.address());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('hist');
  await expect(page.getByRole('textbox', { name: 'Search' })).toHaveValue('hist');
  release();
  await page.keyboard.type('ory');
  const field = page.getByRole('combobox', { name: 'Search' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('history');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/^Go to History/);
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(field).toHaveValue('');
});
