import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './drydock.ts';

const letters = [...'abcdefghij'];

/** Takes ten numbers, and refuses them. */
const wide = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
contract Wide {
    function run(${letters.map((one) => `uint256 ${one}`).join(', ')}) external pure {
        uint256 sum = ${letters.slice(0, 3).join(' + ')};
        require(sum == 0, "no room left");
        ${letters
          .slice(3)
          .map((one) => `${one};`)
          .join(' ')}
    }
}
`;

test('why a script with many arguments failed is the first thing seen, at every size', async ({
  app,
  project,
}) => {
  const { folder } = await project('broken');
  await writeFile(path.join(folder, 'script/Wide.s.sol'), wide);
  await app.page.setViewportSize({ width: 1440, height: 900 });
  await app.addProject(folder);
  await app.chooseScript(/Wide\.s\.sol/);
  const fields = app.page.getByRole('group', { name: 'Arguments' });
  for (const one of letters) await fields.getByLabel(one, { exact: true }).fill('7');
  await app.deployButton.click();

  // After Deploy the run leads: the form is a line that says what Deploy does.
  await expect(app.formLine).toContainText('script/Wide.s.sol');
  await expect(app.formLine).toContainText('a7');
  await expect(fields).toBeHidden();
  await expect(app.headline).toHaveText('Failed', { timeout: 60_000 });
  const failure = app.main.getByRole('alert');
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const) {
    await app.page.setViewportSize({ width, height });
    await expect(failure.getByText('no room left')).toBeInViewport({ ratio: 1 });
    // Nothing was scrolled for it.
    await expect(app.formLine).toBeInViewport({ ratio: 1 });
  }

  // What differs from the run is said, and taken back with one click.
  await expect(app.main.getByText('on local', { exact: true })).toBeVisible();
  const differs = app.main.getByText('the form above differs');
  await expect(differs).toBeHidden();
  await app.page.keyboard.press('e');
  const first = fields.getByLabel('a', { exact: true });
  await first.fill('8');
  await expect(differs).toBeVisible();
  await app.main.getByRole('button', { name: 'Use these values' }).click();
  await expect(first).toHaveValue('7');
  await expect(differs).toBeHidden();

  // What is missing opens the form at its field.
  await first.fill('');
  await app.main.getByRole('button', { name: 'Show the form as one line' }).click();
  await expect(app.formLine).toContainText('Fill in a (uint256).');
  await app.deployButton.click();
  await expect(first).toBeFocused();
  await expect(first).toHaveAccessibleDescription('Fill in a (uint256).');
});
