import path from 'node:path';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

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

/** Bytes as they are sent. It may grow when there is a reason; what is loaded after it is no part. */
const MOST_BYTES = 300_000;

test('what the first page needs stays small', async ({ page, drydock }) => {
  const bytes = new Map<string, number>();
  page.on('requestfinished', async (request) => {
    const { responseBodySize } = await request.sizes();
    bytes.set(new URL(request.url()).pathname, responseBodySize);
  });
  await page.goto(drydock.address());
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const linked = await page
    .locator('script[src], link[rel=stylesheet], link[rel=modulepreload]')
    .evaluateAll((all) =>
      all.map(
        (one) =>
          new URL(one.getAttribute('src') ?? one.getAttribute('href') ?? '', location.href)
            .pathname,
      ),
    );
  const files = ['/', ...linked.filter((file) => /^\/(assets\/index-|theme)/.test(file))];
  expect(files.length).toBeGreaterThanOrEqual(4);
  for (const file of files) await expect.poll(() => bytes.get(file), file).toBeGreaterThan(0);
  const sum = files.reduce((all, file) => all + (bytes.get(file) ?? 0), 0);
  test.info().annotations.push({ type: 'bytes', description: `${sum}` });
  expect(sum).toBeLessThan(MOST_BYTES);
});

test('a system that asks for more contrast gets it, unless the settings say otherwise', async ({
  page,
  drydock,
}) => {
  await page.emulateMedia({ contrast: 'more' });
  await page.goto(drydock.address());
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-contrast', 'more');
  await drydock.client.settings.set({ contrast: 'usual' });
  await expect(html).toHaveAttribute('data-contrast', 'usual');
});

for (const theme of ['light', 'dark'] as const) {
  test(`a page whose theme is ${theme} is never painted in another one`, async ({
    page,
    drydock,
  }) => {
    await drydock.client.settings.set({ theme, contrast: 'more' });
    await page.emulateMedia({ colorScheme: theme === 'light' ? 'dark' : 'light' });
    await page.goto(drydock.address());
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
    // What is painted before the window's own scripts have come.
    await page.route('**/assets/*.js', () => undefined);
    await page.reload({ waitUntil: 'commit' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
    if (pictures) {
      await page.unroute('**/assets/*.js');
      await page.goto(drydock.address('/settings'));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.screenshot({ path: path.join(pictures, `more-contrast-${theme}.png`) });
    }
  });
}
