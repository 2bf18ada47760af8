import { expect, test } from './drydock.ts';

test('a page whose code is gone, as after an update, says so, and comes with a reload', async ({
  drydock,
  page,
}) => {
  await page.route('**/assets/pages-*.js', (route) => route.abort());
  await page.goto(drydock.address('/networks'));
  const main = page.getByRole('main');
  await expect(main.getByRole('alert')).toContainText('Drydock may have been updated');
  // What the window was opened with goes on.
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await page.unroute('**/assets/pages-*.js');
  await main.getByRole('button', { name: 'Reload' }).click();
  await expect(main.getByRole('heading', { name: 'Networks' })).toBeVisible();
});
