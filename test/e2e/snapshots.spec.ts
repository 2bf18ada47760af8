import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openDb } from '#main/db/open.ts';
import { expect, test } from './drydock.ts';

const chain = 'local';
const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('a snapshot is renamed, noted, pinned and deleted from its menus', async ({
  app,
  drydock,
}) => {
  const { main, page, dialog } = app;
  const { chains } = drydock.client;
  await chains.start({ chain });
  await chains.snapshot({ chain, name: 'first' });
  await chains.snapshot({ chain, name: 'taken' });
  await app.go('/chains/local');
  const item = app.snapshot('first');
  const choose = async (name: string) => page.getByRole('menuitem', { name }).click();

  // With the keyboard.
  await item.getByRole('button', { name: 'More for snapshot first' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Rename…' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByLabel('Name').fill('taken');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('has a snapshot called "taken"');
  await dialog.getByLabel('Name').fill('two tokens');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const renamed = app.snapshot('two tokens');
  await expect(renamed).toBeVisible();

  // With the mouse.
  await renamed.click({ button: 'right' });
  await choose('Add a note…');
  await expect(dialog.getByLabel('Note')).toBeFocused();
  await dialog.getByLabel('Note').fill('Seeded, before the auction.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(renamed.getByText('Seeded, before the auction.')).toBeVisible();
  await renamed.click({ button: 'right' });
  await choose('Pin');
  await expect(renamed.getByRole('img', { name: 'Pinned' })).toBeVisible();
  const [kept] = await chains.snapshots({ chain });
  expect(kept).toMatchObject({
    name: 'two tokens',
    note: 'Seeded, before the auction.',
    pinned: true,
  });
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { 'target-size': { enabled: true } } })
    .analyze();
  expect(violations).toEqual([]);

  await renamed.click({ button: 'right' });
  await expect(page.getByRole('menuitem')).toHaveText([
    ...['Revert here', 'Compare with now', 'Rename…', 'Edit the note…', 'Unpin', 'Delete…'],
  ]);
  await choose('Unpin');
  await expect(renamed.getByRole('img', { name: 'Pinned' })).toBeHidden();
  await renamed.getByRole('button', { name: 'More for snapshot two tokens' }).click();
  await choose('Delete…');
  await expect(dialog).toContainText('can’t be brought back');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(renamed).toBeVisible();
  await renamed.click({ button: 'right' });
  await choose('Delete…');
  await dialog.getByRole('button', { name: 'Delete snapshot' }).click();
  await expect(renamed).toBeHidden();
  await expect(main.getByRole('list', { name: 'Snapshot timeline' })).toContainText('taken');
});

test('the timeline tells where the chain is now, and which run states belong to', async ({
  app,
  drydock,
  project,
}) => {
  const { chains, projects } = drydock.client;
  const { folder } = await project('token-vault');
  await projects.add({ path: folder, name: 'vault' });
  await chains.start({ chain });
  await chains.snapshot({ chain, name: 'here' });
  await app.go('/chains/local');
  const item = app.snapshot('here');
  await expect(item).toContainText('Now at this snapshot');
  await chains.mine({ chain, blocks: 3 });
  await expect(item).toContainText('Now 3 blocks later, at #3');
  await app.page.reload();
  await expect(item).toContainText('Now 3 blocks later, at #3');
  await item.getByRole('button', { name: 'Revert here: here' }).click();
  await expect(item).toContainText('Now at this snapshot');

  const { id } = await drydock.client.deployments.start({ project: 'vault', target: chain });
  const ended = async () => (await drydock.client.deployments.get({ id })).endedAt;
  await expect.poll(ended, { timeout: 60_000 }).not.toBeNull();
  await chains.revert({ chain });
  await expect(app.snapshot('before vault #1')).toContainText('vault #1 script/');
  await expect(app.snapshot('after vault #1')).toBeVisible();
  await app.snapshot('after vault #1').click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Open vault #1' }).click();
  await expect(app.page).toHaveURL(new RegExp(`/deployments/${id}`));
});

test('of 500 snapshots those in view are drawn, and each is reached', async ({ app, drydock }) => {
  const { chains } = drydock.client;
  await chains.start({ chain });
  await chains.snapshot({ chain, name: 'state 0' });
  const db = openDb(drydock.home);
  try {
    const add = db.prepare(
      `INSERT INTO snapshots (chain, name, automatic, block_number, block_hash, created_at, durable,
         note)
       SELECT chain, ?, 0, block_number, block_hash, created_at, 1, ? FROM snapshots WHERE id = 1`,
    );
    db.transaction(() => {
      for (let n = 1; n < 500; n++) add.run(`state ${n}`, n % 7 === 0 ? `The note of ${n}.` : '');
    })();
  } finally {
    db.close();
  }
  await app.go('/chains/local');
  await app.page.reload();
  const timeline = app.main.getByRole('list', { name: 'Snapshot timeline' });
  const drawn = timeline.getByRole('listitem');
  const first = app.snapshot('state 0');
  await expect(first).toHaveAttribute('aria-setsize', '500');
  await expect(first).toBeInViewport();

  const last = app.snapshot('state 499');
  await expect(async () => {
    await timeline.hover();
    await app.page.mouse.wheel(0, 8000);
    expect(await drawn.count()).toBeLessThan(100);
    await expect(last).toBeInViewport({ timeout: 200 });
  }).toPass();
  await expect(last).toHaveAttribute('aria-posinset', '500');
  await expect(first).toHaveCount(0);
  await expect(app.snapshot('state 497')).toContainText('The note of 497.');

  // The one that the chain goes to comes into view.
  await chains.snapshot({ chain, name: 'the newest' });
  await expect(app.snapshot('the newest')).toBeInViewport({ ratio: 1 });
  await chains.revert({ chain, snapshot: 'state 0' });
  await expect(first).toBeInViewport({ ratio: 1 });
  expect(await drawn.count()).toBeLessThan(100);
});

test('the timeline is zoomed by keys and buttons, and keeps its place and the focus', async ({
  app,
  drydock,
}) => {
  const { page } = app;
  const { chains } = drydock.client;
  await chains.start({ chain });
  await chains.snapshot({ chain, name: 'state 0' });
  const db = openDb(drydock.home);
  try {
    const add = db.prepare(
      `INSERT INTO snapshots (chain, name, automatic, block_number, block_hash, created_at, durable,
         note, parent_id)
       SELECT chain, ?, 0, block_number, block_hash, created_at, 1, '', ? FROM snapshots WHERE id = 1`,
    );
    db.transaction(() => {
      // Each tenth one is left behind, and what comes next is taken on the one before it.
      for (let n = 1; n < 500; n++) add.run(`state ${n}`, n % 10 === 1 && n > 1 ? n - 1 : n);
    })();
  } finally {
    db.close();
  }
  await app.go('/chains/local');
  await page.reload();
  const timeline = app.main.getByRole('list', { name: 'Snapshot timeline' });
  const drawn = timeline.getByRole('listitem');
  const zoom = (name: string) => app.main.getByRole('button', { name });
  await expect(app.snapshot('state 0')).toBeInViewport();
  await expect(zoom('Look at the snapshots from nearer')).toBeDisabled();
  const detailed = await timeline.evaluate((list) => list.clientHeight);

  await page.keyboard.press('-');
  await expect(app.snapshot('state 5').getByRole('button')).toHaveCount(1);
  await zoomPicture(page, 'timeline-names');
  const line = page.getByRole('button', { name: 'Look at snapshot state 9', exact: true });
  await line.focus();
  for (let n = 0; n < 60; n++) await page.keyboard.press('ArrowDown');
  const far = page.getByRole('button', { name: 'Look at snapshot state 69', exact: true });
  await expect(far).toBeFocused();
  await expect(far).toBeInViewport({ ratio: 1 });

  await page.keyboard.press('-');
  await expect(zoom('Look at more snapshots at once')).toBeDisabled();
  await expect(far).toBeFocused();
  await expect(far).toBeInViewport({ ratio: 1 });
  expect(await timeline.evaluate((list) => list.clientHeight)).toBeLessThan(detailed / 4);
  expect(await drawn.count()).toBeLessThan(200);
  await zoomPicture(page, 'timeline-marks');
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);

  // Looked at from near.
  await page.keyboard.press('Enter');
  await expect(app.snapshot('state 69')).toBeInViewport({ ratio: 1 });
  await expect(
    page.getByRole('button', { name: 'More for snapshot state 69', exact: true }),
  ).toBeFocused();
  await page.reload();
  await zoom('Look at more snapshots at once').click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Look at snapshot state 0' })).toBeVisible();
  await page.keyboard.press('+');
  await expect(page.getByRole('button', { name: 'Look at snapshot state 0' })).toHaveCount(0);
});

async function zoomPicture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: path.join(pictures, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('what was taken after a revert branches off beside what is left behind', async ({
  app,
  drydock,
}) => {
  const { chains } = drydock.client;
  await chains.start({ chain });
  const taken = async (name: string) => {
    await chains.mine({ chain, blocks: 1 });
    await chains.snapshot({ chain, name });
  };
  for (const name of ['deployed', 'seeded', 'auction']) await taken(name);
  await chains.revert({ chain, snapshot: 'deployed' });
  for (const name of ['other seed', 'settled']) await taken(name);
  await app.go('/chains/local');
  const branches = (name: string) =>
    app.snapshot(name).locator('svg[data-branches]').first().getAttribute('data-branches');
  await expect(app.snapshot('settled')).toBeVisible();
  expect(await branches('deployed')).toBe('1');
  expect(await branches('seeded')).toBe('0');
  const left = async (name: string) =>
    (await app.snapshot(name).locator('span.rounded-full').first().boundingBox())?.x ?? 0;
  expect(await left('other seed')).toBeGreaterThan(await left('auction'));
  expect(await left('settled')).toBe(await left('other seed'));
  expect(await left('seeded')).toBe(await left('deployed'));
  if (pictures) await app.page.screenshot({ path: path.join(pictures, 'branches.png') });
});

test('several snapshots are pinned and deleted at once, with one question', async ({
  app,
  drydock,
}) => {
  const { page, dialog, main } = app;
  const { chains } = drydock.client;
  await chains.start({ chain });
  for (const name of ['one', 'two', 'three', 'four']) {
    await chains.mine({ chain, blocks: 1 });
    await chains.snapshot({ chain, name });
  }
  await app.go('/chains/local');
  await main.getByRole('button', { name: 'Choose several snapshots' }).click();
  const rows = dialog.getByRole('row').filter({ has: page.getByRole('cell') });
  await expect(rows).toHaveText([/four/, /three/, /two/, /one/]);
  const box = (name: string) => dialog.getByRole('checkbox', { name: `Select ${name}` });
  const bar = dialog.getByRole('toolbar', { name: 'Selection' });
  await box('one').check();
  await bar.getByRole('button', { name: 'Pin' }).click();
  await expect(bar).toBeHidden();
  expect((await chains.snapshots({ chain }))[0]).toMatchObject({ name: 'one', pinned: true });
  // With Shift, all in between.
  await box('three').check();
  await box('one').click({ modifiers: ['Shift'] });
  await expect(bar).toContainText('3 selected');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  if (pictures) await page.screenshot({ path: path.join(pictures, 'many-snapshots.png') });
  await bar.getByRole('button', { name: 'Delete…' }).click();
  const question = page.getByRole('dialog', { name: 'Delete 3 snapshots?' });
  await expect(question).toContainText('1 of them is pinned.');
  await question.getByRole('button', { name: 'Delete snapshots' }).click();
  await expect(page.getByText('3 snapshots deleted')).toBeVisible();
  expect((await chains.snapshots({ chain })).map(({ name }) => name)).toEqual(['four']);
});
