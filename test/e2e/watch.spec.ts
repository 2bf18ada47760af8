import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('W deploys after each change, says why a change is not in place, and stops', async ({
  app,
  page,
  project,
}) => {
  const { folder } = await project('token-vault');
  await app.addProject(folder, 'vault');
  const watch = app.main.getByRole('button', { name: 'Watch', exact: true });
  await expect(watch).toHaveAttribute('aria-pressed', 'false');
  await app.main.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('w');
  const line = app.main.getByRole('status').filter({ hasText: 'Watching' });
  await expect(line).toContainText('#1 is in place');
  await expect(app.main.getByRole('button', { name: 'Watching' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  if (pictures) await page.screenshot({ path: path.join(pictures, 'watching.png') });

  const script = path.join(folder, 'script/Deploy.s.sol');
  const text = await readFile(script, 'utf8');
  await writeFile(script, text.replace(/function run\(\)[^{]*\{/, '$& nothing();'));
  await expect(line).toContainText('The last change is not: #2 failed');
  await expect(line).toContainText('#1 is in place');
  if (pictures) {
    await page.screenshot({ path: path.join(pictures, 'watching-failed.png') });
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.screenshot({ path: path.join(pictures, 'watching-1024.png') });
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  await app.main.getByRole('button', { name: 'Watching' }).click();
  await expect(watch).toBeVisible();
  await expect(line).toBeHidden();
});
