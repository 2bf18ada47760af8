import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import type { DrydockPage } from '../harness/page.ts';
import { expect, test } from './drydock.ts';

// An editor is only looked for where there is a desktop.
test.use({ variables: { DISPLAY: ':9', VISUAL: '' } });

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

/** Presses a text that a terminal shows, where it is drawn. */
async function press(terminal: Locator, text: string): Promise<void> {
  const at = await terminal.locator('.xterm-rows').evaluate((rows, wanted) => {
    const texts = document.createTreeWalker(rows, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode as globalThis.Text;
      const index = node.data.indexOf(wanted);
      if (index < 0) continue;
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + wanted.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error(`${wanted} is not shown`);
  }, text);
  const { mouse } = terminal.page();
  await mouse.move(at.x - 1, at.y);
  await mouse.move(at.x, at.y);
  await mouse.down();
  await mouse.up();
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

test('the text of a log is copied without its times, and its links lead on', async ({
  app,
  context,
  drydock,
  project,
}) => {
  const { page } = app;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const bin = path.join(path.dirname(drydock.home), 'user', '.local', 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(path.join(bin, 'code'), `#!/bin/sh\nprintf '%s\\n' "$@" > "$0.started"\n`);
  await chmod(path.join(bin, 'code'), 0o755);
  await drydock.client.settings.set({ editor: 'vscode' });
  const { folder } = await project('broken', { compiled: false });
  await speak(app, folder);

  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const choose = async (item: string) => {
    await app.log.click({ button: 'right', position: { x: 300, y: 60 } });
    await page.getByRole('menu').getByRole('menuitem', { name: item, exact: true }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
  };
  await app.log.click({ button: 'right', position: { x: 300, y: 60 } });
  await expect(page.getByRole('menuitem', { name: 'Copy', exact: true })).toBeDisabled();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'terminal-menu.png') });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);

  await choose('Select all');
  await choose('Copy');
  await expect.poll(clipboard).toContain('\n  hay\n');
  const plain = await clipboard();
  expect(plain).not.toMatch(/^\d\d:\d\d:\d\d\.\d{3} /m);
  expect(plain).toContain('two needles 針 n1 n22 n333 needle');
  await choose('Copy with times');
  await expect.poll(clipboard).toMatch(/^\d\d:\d\d:\d\d\.\d{3} {3}hay$/m);
  await app.log.locator('textarea').focus();
  await page.keyboard.press('Control+c');
  await expect.poll(clipboard).toBe(plain);

  await choose('Find…');
  const field = page.getByLabel('Find in the log');
  await expect(field).toBeFocused();
  await field.fill('src/Gate.sol');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1');
  await page.keyboard.press('Escape');
  await expect.poll(() => app.screen()).toContain(address);

  const started = () => readFile(path.join(bin, 'code.started'), 'utf8').catch(() => '');
  await press(app.log, 'Gate.sol:3:5');
  await expect.poll(started).toContain(`${path.join(folder, 'src/Gate.sol')}:3:5`);
  const opening = context.waitForEvent('page');
  await press(app.log, '127.0.0.1:9/page');
  await expect.poll(async () => (await opening).url()).not.toBe('');
  await (await opening).close();
  await press(app.log, address);
  await expect(page).toHaveURL(new RegExp(`/networks/local/addresses/${address}`, 'i'));
});

test('a shell is searched in the same bar, and its text gets larger', async ({ app, project }) => {
  const { page } = app;
  const { folder } = await project('token-vault');
  await app.addProject(folder, 'vault');
  await page.getByRole('button', { name: 'Open a shell in vault' }).click();
  const shell = page.getByRole('region', { name: 'Shell in vault' });
  const screen = shell.locator('.xterm-rows');
  const input = shell.getByRole('textbox');
  await expect(input).toBeFocused();
  await page.keyboard.type('seq 1 200; echo en""d\n');
  await expect(screen).toContainText('end');

  await page.keyboard.press('Control+f');
  const field = page.getByLabel('Find in the shell');
  await expect(field).toBeFocused();
  await page.keyboard.type('17');
  const status = page.getByRole('search').getByRole('status');
  // 17, 117 and 170 to 179.
  await expect(status).toHaveText(/ of 12$/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('search')).toHaveCount(0);
  await expect(input).toBeFocused();

  // New output counts, and doesn't move the view.
  await page.getByRole('button', { name: 'Search in the shell' }).click();
  await expect(status).toHaveText(/ of 12$/);
  await input.focus();
  await page.keyboard.type('echo 1""7\n');
  await expect(status).toHaveText(/ of 13$/);
  await field.focus();
  await page.keyboard.press('Escape');

  const columns = async () => Number(await shell.getAttribute('data-columns'));
  const before = await columns();
  await input.focus();
  await page.keyboard.press('Control+=');
  await page.keyboard.press('Control++');
  await expect.poll(columns).toBeLessThan(before);
  await page.keyboard.press('Control+-');
  await page.keyboard.press('Control+0');
  await expect.poll(columns).toBe(before);

  await page.keyboard.type('clear\n');
  await shell.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Find…' }).click();
  await expect(field).toBeFocused();
});
