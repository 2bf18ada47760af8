import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../harness/folder.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('why a deploy is not begun stands in the form: under its field, or at the foot', async ({
  app,
  drydock,
}) => {
  const { page, main } = app;
  await using made = await temporaryFolder();
  const folder = path.join(made.path, 'shop');
  await mkdir(folder);
  await writeFile(path.join(folder, 'Dockerfile'), 'FROM node:24\nEXPOSE 3000\n');
  await app.addProject(folder);

  const port = main.getByLabel('Port');
  await port.fill('web');
  await app.deployButton.click();
  await expect(port).toHaveAttribute('aria-invalid', 'true');
  await expect(port).toHaveAccessibleDescription(/Give a number from 1 to 65535/);
  await expect(port).toBeFocused();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'start-field.png') });
  await port.fill('3000');
  await expect(port).not.toHaveAttribute('aria-invalid', 'true');

  // A field that is folded away is brought to light.
  const more = main.getByRole('button', { name: 'More options' });
  const respond = main.getByLabel('Time to respond');
  await more.click();
  await respond.fill('soon');
  await more.click();
  await expect(respond).toBeHidden();
  await app.deployButton.click();
  await expect(respond).toHaveAccessibleDescription(/Give a number of seconds/);
  await expect(respond).toBeFocused();
  await respond.fill('30');

  // What is about no field stands at the foot of the form, also when it is asked for elsewhere.
  await app.tab(/^Settings/);
  await rename(folder, `${folder}-away`);
  await app.deployButton.click();
  await expect(main.getByRole('alert').filter({ hasText: 'does not exist' })).toBeVisible();
  await expect(main.getByRole('alert').filter({ hasText: 'Put the folder back' })).toBeVisible();
  await expect(main.getByLabel('Health path')).not.toHaveAttribute('aria-invalid', 'true');
  if (pictures) await page.screenshot({ path: path.join(pictures, 'start-foot.png') });
  await expect(page.locator('[data-sonner-toast]')).toHaveCount(0);
  expect((await drydock.client.deployments.list({})).total).toBe(0);
  await port.fill('3001');
  await expect(main.getByRole('alert').filter({ hasText: 'does not exist' })).toBeHidden();
});
