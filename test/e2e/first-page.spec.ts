import { expect, test } from './drydock.ts';

test('files come compressed, and those whose names change with them are kept', async ({
  page,
  drydock,
}) => {
  const answers = new Map<string, Record<string, string>>();
  page.on('response', (response) => {
    answers.set(new URL(response.url()).pathname, response.headers());
  });
  await page.goto(drydock.address());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const script = [...answers].find(([file]) => /^\/assets\/index-.*\.js$/.test(file))?.[1];
  expect(script?.['content-encoding']).toMatch(/^(br|gzip)$/);
  expect(script?.['cache-control']).toContain('immutable');
  expect(answers.get('/')?.['cache-control']).toBe('no-cache');
});

for (const theme of ['light', 'dark'] as const) {
  test(`a page whose theme is ${theme} is never painted in another one`, async ({
    page,
    drydock,
  }) => {
    await drydock.client.settings.set({ theme });
    await page.emulateMedia({ colorScheme: theme === 'light' ? 'dark' : 'light' });
    await page.goto(drydock.address());
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    // What is painted before the window's own scripts have come.
    await page.route('**/assets/*.js', () => undefined);
    await page.reload({ waitUntil: 'commit' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  });
}
