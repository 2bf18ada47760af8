import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './drydock.ts';

test.use({ asksForTrust: true });

test('the first deploy asks, says what will run, and goes on once the answer is yes', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken');
  await app.addProject(folder, 'gates');
  await app.chooseScript(/CompileError\.s\.sol/);
  await app.page.keyboard.press('d');
  await expect(app.dialog).toContainText('Trust this folder?');
  await expect(app.dialog).toContainText(folder);
  const runs = app.dialog.getByRole('list', { name: 'What will run' });
  await expect(runs).toContainText('runs its deploy scripts');
  await expect(runs).toContainText('runs as you, outside of a container');
  await app.page.keyboard.press('Escape');
  await expect(app.dialog).toBeHidden();
  expect((await drydock.client.deployments.list({})).total).toBe(0);

  await app.deployButton.click();
  const yes = app.dialog.getByRole('button', { name: 'Trust and deploy' });
  await expect(yes).toBeEnabled();
  await yes.focus();
  await app.page.keyboard.press('Enter');
  await expect(app.dialog).toBeHidden();
  // Its code is read: it doesn't compile.
  await expect(app.headline).toHaveText('Failed', { timeout: 60_000 });

  await app.tab(/^Settings/);
  await expect(app.main).toContainText(`everything in ${folder}`);
  await app.main.getByRole('button', { name: 'Withdraw trust' }).click();
  await expect(app.main).toContainText('the next deploy asks');
  await app.tab(/^Deploy/);
  await app.deployButton.click();
  await expect(app.dialog).toContainText('Trust this folder?');
  await app.dialog.getByRole('button', { name: 'Not now' }).click();
  expect((await drydock.client.deployments.list({})).total).toBe(1);
});

test('a folder above is trusted with everything in it, from one question', async ({
  app,
  drydock,
  project,
}) => {
  const { folder: above } = await project('broken');
  const inner = path.join(above, 'inner');
  await mkdir(inner);
  await writeFile(path.join(inner, 'foundry.toml'), '');
  await app.addProject(inner, 'inner');
  await app.tab(/^Settings/);
  await app.main.getByRole('button', { name: 'Trust…' }).click();
  await expect(app.dialog).toContainText(above);
  await app.dialog.getByRole('button', { name: 'Trust the folder above' }).click();
  await expect(app.dialog).toBeHidden();
  await expect(app.main).toContainText(`everything in ${above}`);
  expect(await drydock.client.projects.trusted()).toMatchObject([{ path: above, kind: 'parent' }]);
  await app.main.getByRole('button', { name: 'Withdraw trust' }).click();
  await app.page.getByRole('button', { name: `Withdraw trust from ${above}` }).click();
  await expect(app.main).toContainText('the next deploy asks');
});
