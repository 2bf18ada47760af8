import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Response } from '@playwright/test';
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

/** Compressed, without fonts. It may grow when there is a reason. */
const MOST_BYTES = 180_000;

for (const projects of [0, 1]) {
  test(`what the first page needs stays small, with ${projects} projects`, async ({
    page,
    drydock,
    project,
  }) => {
    if (projects > 0) await drydock.client.projects.add({ path: (await project('broken')).folder });
    // Nothing is loaded ahead: all that comes is needed for what is shown.
    await page.addInitScript(() => {
      window.requestIdleCallback = () => 0;
    });
    const answers: Response[] = [];
    page.on('response', (response) => answers.push(response));
    await page.goto(drydock.address());
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    const files = answers.filter((one) => !/^(font|fetch)$/.test(one.request().resourceType()));
    const sizes = await Promise.all(
      files.map(async (one) => ({
        file: new URL(one.url()).pathname,
        bytes: one.status() < 300 ? gzipSync(await one.body(), { level: 9 }).length : 0,
      })),
    );
    expect(sizes.map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\/assets\/index-.*\.js$/),
        expect.stringMatching(/^\/assets\/index-.*\.css$/),
        '/theme.js',
        '/',
      ]),
    );
    test.info().annotations.push({ type: 'bytes', description: JSON.stringify(sizes) });
    const sum = sizes.reduce((all, { bytes }) => all + bytes, 0);
    expect(sum, JSON.stringify(sizes)).toBeLessThan(MOST_BYTES);
  });
}

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
