import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { dialogFaults } from '#test/harness/dialog-faults.ts';
import { expect, test } from './drydock.ts';

const VALUE = 'hk-93xPbV2-of-the-harbour';

const FILE = `# Of the provider.
API_KEY=${VALUE}-2
OWNER=0x00000000000000000000000000000000000000aa
PATH=/nowhere
`;

const script = (name: string) => `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.13;
interface Vm { function envString(string calldata) external view returns (string memory); }
contract ${name} {
  function run() external view {
    Vm(address(uint160(uint256(keccak256("hevm cheat code"))))).envString("API_KEY");
  }
}
`;

test('variables are set, seen one at a time, imported and missed', async ({
  app,
  drydock,
  project,
}) => {
  const { main, page, dialog } = app;
  const { environments, settings } = drydock.client;
  const { folder } = await project('token-vault');
  await writeFile(path.join(folder, 'script/Asks.s.sol'), script('Asks'));
  await app.addProject(folder, 'vault');

  // What a deploy would lack stands below its form.
  await app.choose('Script or contract', /Asks/);
  await expect(main.getByText('It asks for API_KEY, and nothing sets it.')).toBeVisible();
  await main.getByRole('button', { name: 'Environment' }).click();
  await expect(main.getByText('No variables yet')).toBeVisible();
  const asked = main.getByRole('table', { name: 'Asked variables' });
  await expect(asked.getByRole('row', { name: /API_KEY/ })).toContainText('missing');
  await asked.getByRole('button', { name: 'Set API_KEY' }).click();
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('API_KEY');
  const save = dialog.getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await dialog.getByLabel('Value').fill(VALUE);
  for (const theme of ['dark', 'light'] as const) {
    await settings.set({ theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await dialogFaults(page), theme).toEqual([]);
  }
  await save.click();
  await expect(dialog).toHaveCount(0);

  const table = main.getByRole('table', { name: 'Variables', exact: true });
  const row = table.getByRole('row', { name: /API_KEY/ });
  await expect(row).toContainText('this project');
  await expect(asked.getByRole('row', { name: /API_KEY/ })).toContainText('this project');
  expect(await page.content()).not.toContain(VALUE);
  await row.getByRole('button', { name: 'Show the value of API_KEY' }).click();
  await expect(row).toContainText(VALUE);
  await row.getByRole('button', { name: 'Hide the value of API_KEY' }).click();
  await expect(row).not.toContainText(VALUE);

  // A note is changed, and the value stays.
  await row.getByRole('button', { name: 'More for API_KEY' }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await dialog.getByLabel('Note').fill('Of the harbour.');
  await save.click();
  await expect(row).toContainText('Of the harbour.');
  expect(await environments.reveal({ project: 'vault', name: 'API_KEY' })).toEqual({
    value: VALUE,
  });

  // A file replaces nothing unasked.
  await main.getByRole('button', { name: 'Import .env' }).click();
  await dialog.getByLabel('Or its text').fill(FILE);
  const found = dialog.getByRole('list', { name: 'Variables of the file' });
  await expect(found).toContainText('Line 4');
  await expect(dialog.getByRole('button', { name: 'Import 1 variable' })).toBeEnabled();
  await found.getByRole('checkbox', { name: 'Replace API_KEY' }).check();
  expect(await dialogFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Import 2 variables' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(table.getByRole('row', { name: /OWNER/ })).toContainText('shown');
  expect((await environments.reveal({ project: 'vault', name: 'API_KEY' })).value).toBe(
    `${VALUE}-2`,
  );

  // The more particular one counts, and is a reference.
  await app.command('Set a variable of vault');
  await dialog.getByLabel('Name', { exact: true }).fill('API_KEY');
  await app.choose('For', 'this project on local');
  await app.choose('Given as', /^Reference/);
  await dialog.getByLabel('Reference').fill('op://Harbour/yard/key');
  await save.click();
  await expect(table.getByRole('row', { name: /op:\/\/Harbour/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /another counts/ })).toContainText('API_KEY');

  await page.setViewportSize({ width: 1024, height: 700 });
  for (const theme of ['dark', 'light'] as const) {
    await settings.set({ theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const pictures = process.env.DRYDOCK_TEST_PICTURES;
    if (pictures) await page.screenshot({ path: path.join(pictures, `environment-${theme}.png`) });
  }

  await table.getByRole('button', { name: 'More for OWNER' }).click();
  await page.getByRole('menuitem', { name: 'Forget' }).click();
  await expect(table.getByRole('row', { name: /OWNER/ })).toHaveCount(0);
});
