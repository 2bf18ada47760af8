import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DrydockPage } from '../harness/page.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;
const address = `0x${'c0ffee00'.repeat(5)}`;

/** Says three hundred lines, a few of which differ. */
const speaker = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Script} from "./Script.sol";
import {Gate} from "../src/Gate.sol";

contract Speaker is Script {
    function say(string memory text) private view {
        address console = 0x000000000000000000636F6e736F6c652e6c6f67;
        (bool said,) = console.staticcall(abi.encodeWithSignature("log(string)", text));
        require(said);
    }

    function run() external {
        for (uint256 i; i < 300; i++) {
            if (i == 20) say("Needle and needle");
            else if (i == 150) say(unicode"two needles 針 n1 n22 n333 needle");
            else if (i == 295) say("see src/Gate.sol:3:5 at ${address} and http://127.0.0.1:9/page.");
            else say("hay");
        }
        vm.startBroadcast();
        new Gate();
        vm.stopBroadcast();
    }
}
`;

async function speak(app: DrydockPage, folder: string): Promise<void> {
  await writeFile(path.join(folder, 'script/Speaker.s.sol'), speaker);
  await app.addProject(folder, 'speaker');
  await app.chooseScript(/Speaker\.s\.sol/);
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Deployed 1 contract', { timeout: 60_000 });
  await expect.poll(() => app.screen()).toMatch(/▸ Deployed\s*$/);
}

test('a log is searched: count, marks, options, keys, and the way back', async ({
  app,
  project,
}) => {
  const { page } = app;
  const { folder } = await project('broken', { compiled: false });
  await speak(app, folder);

  await app.log.focus();
  await page.keyboard.press('Control+f');
  const bar = page.getByRole('search');
  const field = bar.getByLabel('Find in the log');
  const status = bar.getByRole('status');
  await expect(field).toBeFocused();
  await page.keyboard.type('needle');
  // All of them are above: the last one is the nearest.
  await expect(status).toHaveText('4 of 4');
  await expect.poll(() => app.screen()).toContain('two needles');
  await expect(app.log.locator('[data-match="current"]')).toHaveCount(1);
  await expect(app.log.locator('[data-match="other"]')).toHaveCount(1);
  if (pictures) await page.screenshot({ path: path.join(pictures, 'terminal-search.png') });

  await page.keyboard.press('Enter');
  await expect(status).toHaveText('1 of 4');
  await expect.poll(() => app.screen()).toContain('Needle and needle');
  await page.keyboard.press('Enter');
  await expect(status).toHaveText('2 of 4');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await expect(status).toHaveText('4 of 4');

  await bar.getByRole('button', { name: 'Match case' }).click();
  await expect(status).toHaveText(/ of 3$/);
  await bar.getByRole('button', { name: 'Whole words' }).click();
  await expect(status).toHaveText(/ of 2$/);
  await field.fill('n\\d+');
  await expect(status).toHaveText('Not found');
  await bar.getByRole('button', { name: 'Regular expression' }).click();
  await expect(status).toHaveText(/ of 3$/);
  await field.fill('n(');
  await expect(status).toHaveText('Not a regular expression');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  for (const name of ['Match case', 'Whole words', 'Regular expression']) {
    await bar.getByRole('button', { name }).click();
  }
  await field.fill('針 n1');
  await expect(status).toHaveText('1 of 1');
  const marked = await app.log.locator('[data-match="current"]').boundingBox();
  const row = await app.log
    .locator('.xterm-rows > div', { hasText: '針' })
    .locator('span', { hasText: '針' })
    .first()
    .boundingBox();
  expect(marked?.y).toBeCloseTo(row?.y ?? 0, 0);

  await field.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(app.log).toBeFocused();
  await expect(app.log.locator('[data-match]')).toHaveCount(0);

  await page.getByRole('button', { name: 'Jump to the end' }).click();
  await expect.poll(() => app.screen()).toMatch(/▸ Deployed\s*$/);
  await expect(page.getByRole('button', { name: 'Jump to the end' })).toHaveCount(0);
});
