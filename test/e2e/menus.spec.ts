import { expect, test } from './drydock.ts';

test('a menu is opened, walked through and closed with the keyboard alone', async ({
  app,
  drydock,
}) => {
  const { page } = app;
  await drydock.client.chains.start({ chain: 'local' });
  await drydock.client.chains.snapshot({ chain: 'local', name: 'first' });
  await app.go('/chains/local');
  const trigger = page.getByRole('button', { name: 'More for snapshot first' });
  const menu = page.getByRole('menu', { name: 'More for snapshot first' });
  const items = menu.getByRole('menuitem');
  await expect(trigger).toHaveAttribute('aria-haspopup', 'menu');
  await expect(trigger).toHaveAttribute('aria-expanded', 'false');

  for (const key of ['Enter', 'Space', 'ArrowDown']) {
    await trigger.focus();
    await page.keyboard.press(key);
    await expect(items.first(), key).toBeFocused();
    await expect(items.first(), key).toHaveAttribute('data-highlighted');
    await page.keyboard.press('ArrowDown');
    await expect(items.nth(1)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(trigger).toBeFocused();
  }
  await page.keyboard.press('ArrowUp');
  await expect(items.last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(trigger).toBeFocused();
});

test('a press on the button of an open menu closes it, as one anywhere else does', async ({
  app,
  drydock,
}) => {
  const { page } = app;
  await drydock.client.chains.start({ chain: 'local' });
  await drydock.client.chains.snapshot({ chain: 'local', name: 'first' });
  await app.go('/chains/local');
  const trigger = page.getByRole('button', { name: 'More for snapshot first' });
  const menu = page.getByRole('menu');
  for (const place of ['its button', 'elsewhere']) {
    const box = await trigger.boundingBox();
    if (!box) throw new Error('the button is not shown');
    await page.mouse.click(box.x + 5, box.y + 5);
    await expect(menu).toBeVisible();
    await expect(page.locator('[aria-expanded="true"][aria-haspopup="menu"]')).toHaveCount(1);
    await page.mouse.click(place === 'elsewhere' ? 400 : box.x + 5, box.y + 5);
    await expect(menu, place).toBeHidden();
  }
});

test('a context menu opens where the pointer is, and with Shift+F10', async ({ app, drydock }) => {
  const { page } = app;
  await drydock.client.chains.start({ chain: 'local' });
  await drydock.client.chains.snapshot({ chain: 'local', name: 'first' });
  await app.go('/chains/local');
  const menu = page.getByRole('menu', { name: 'Snapshot first' });
  const box = await app.snapshot('first').boundingBox();
  if (!box) throw new Error('the snapshot is not shown');
  const point = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + 12) };
  await page.mouse.click(point.x, point.y, { button: 'right' });
  await expect(menu).toBeVisible();
  const opened = await menu.boundingBox();
  expect(Math.abs((opened?.x ?? 0) - point.x)).toBeLessThan(8);
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();

  const trigger = page.getByRole('button', { name: 'More for snapshot first' });
  await trigger.focus();
  await page.keyboard.press('Shift+F10');
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(trigger).toBeFocused();
});
