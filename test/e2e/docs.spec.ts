import { expect, test } from './drydock.ts';

test('Help opens the documentation, which is searched in the page and leads back', async ({
  app,
  page,
}) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await app.go('/');
  await page.getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome to Drydock' })).toBeVisible();
  await page.getByRole('searchbox').fill('port taken');
  await page.getByRole('link', { name: 'Troubleshooting: PORT_TAKEN' }).click();
  await expect(page).toHaveURL(/troubleshooting\.html#port_taken$/);
  await expect(page.getByRole('heading', { name: 'PORT_TAKEN' })).toBeInViewport();
  await page.getByRole('link', { name: 'Back to Drydock' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('Read more beside a problem opens its code, and leads back to where the window was', async ({
  app,
  page,
}) => {
  await app.go('/deployments/987654');
  await page.getByRole('link', { name: 'Read more about DEPLOYMENT_NOT_FOUND' }).click();
  await expect(page.getByRole('heading', { name: 'DEPLOYMENT_NOT_FOUND' })).toBeInViewport();
  await page.getByRole('link', { name: 'Back to Drydock' }).click();
  await expect(page).toHaveURL(/\/deployments\/987654/);
});

test('the palette finds what the documentation says', async ({ app, page }) => {
  await app.go('/');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('port taken');
  await page.getByRole('option', { name: /Read about PORT_TAKEN/ }).click();
  await expect(page.getByRole('heading', { name: 'PORT_TAKEN' })).toBeInViewport();
});
