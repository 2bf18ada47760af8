import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('the version of a tool is what the folder asks for, or what is chosen in the settings', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('token-vault');
  await writeFile(path.join(folder, '.tool-versions'), 'foundry 1.5.1\n');
  await app.addProject(folder, 'vault');
  await app.go('/projects/1/settings');
  const versions = app.main.getByRole('region', { name: 'Versions' });
  const field = versions.getByLabel('Foundry');
  const save = versions.getByRole('button', { name: 'Save' });
  await expect(field).toHaveAttribute('placeholder', '1.5.1, as .tool-versions asks');
  await expect(field).toHaveAccessibleDescription(/Installed: 1\.\d+\.\d+/);
  await expect(save).toBeDisabled();
  await field.fill('nightly');
  await expect(field).toHaveAccessibleDescription(/Give an exact version/);
  await field.fill('v1.4.0');
  if (pictures) await app.page.screenshot({ path: path.join(pictures, 'tool-versions.png') });
  await save.click();
  await expect(field).toHaveValue('1.4.0');
  const shown = await drydock.run('project', 'tool-version', 'vault');
  expect(shown.stdout).toBe('Foundry 1.4.0, as was chosen; .tool-versions asks for 1.5.1.\n');
  const back = await drydock.run('project', 'tool-version', 'vault', 'foundry=auto');
  expect(back.stdout).toBe('Foundry 1.5.1, as .tool-versions asks.\n');
  await expect(field).toHaveValue('');
  const wrong = await drydock.run('project', 'tool-version', 'vault', 'other=1.2.3');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Give foundry')]);
});
