import { expect, test } from './drydock.ts';

test('the hint of a control is shown to a mouse that rests on it, and to the keyboard', async ({
  page,
  drydock,
}) => {
  await page.goto(drydock.address());
  const toggle = page.getByRole('button', { name: /^(Hide|Show) the chain$/ });
  const hint = page.getByText(/^(Hide|Show) the chain$/);
  await toggle.hover();
  await expect(hint).toBeVisible();
  // A pointer may go over to it.
  await hint.hover();
  await expect(hint).toBeVisible();
  await page.mouse.move(500, 200);
  await expect(hint).toBeHidden();

  await toggle.hover();
  await expect(hint).toBeVisible();
  await toggle.click();
  await expect(hint).toBeHidden();

  await page.mouse.move(500, 200);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(toggle).toBeFocused();
  await expect(hint).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await expect(hint).toBeHidden();
});

test('Escape hides a hint and nothing else', async ({ page, drydock }) => {
  await page.setViewportSize({ width: 900, height: 800 });
  await drydock.startQuickChain();
  await page.goto(drydock.address('/networks'));
  await page.getByRole('button', { name: /^Show the chain/ }).click();
  const panel = page.getByRole('dialog', { name: 'Chain local' });
  await expect(panel).toBeVisible();
  const hints = page.locator('[data-hint]');
  const focused = panel.locator('[data-hint]:focus-visible');
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(focused).toHaveCount(1, { timeout: 100 });
  }).toPass();
  const text = (await focused.getAttribute('data-hint')) ?? '';
  const hint = page.getByText(text, { exact: true });
  await expect(hint).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(hint).toBeHidden();
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(hints.first()).toBeVisible();
});

test('a hint goes with its control, and changes with it', async ({ page, drydock }) => {
  await page.goto(drydock.address());
  const toggle = page.getByRole('button', { name: 'Hide the chain' });
  await toggle.hover();
  await expect(page.getByText('Hide the chain', { exact: true })).toBeVisible();
  await toggle.evaluate((element) => element.setAttribute('data-hint', 'Something else'));
  await expect(page.getByText('Something else', { exact: true })).toBeVisible();
  await toggle.evaluate((element) => element.remove());
  await expect(page.getByText('Something else', { exact: true })).toBeHidden();
});
