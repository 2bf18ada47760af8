import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './drydock.ts';

const count = 30_000;

/** Says `line 0` to `line 29999`, which forge prints in one go. */
const chatty = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Script} from "./Script.sol";
import {Gate} from "../src/Gate.sol";

contract Chatty is Script {
    function run() external {
        address console = 0x000000000000000000636F6e736F6c652e6c6f67;
        for (uint256 i; i < ${count}; i++) {
            (bool said,) = console.staticcall(abi.encodeWithSignature("log(string,uint256)", "line", i));
            require(said);
        }
        vm.startBroadcast();
        new Gate();
        vm.stopBroadcast();
    }
}
`;

test('a flood of lines: none is lost, the view follows, nothing moves, search and jump work', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('broken', { compiled: false });
  await writeFile(path.join(folder, 'script/Chatty.s.sol'), chatty);
  const { page } = app;
  await app.addProject(folder);
  await app.chooseScript(/Chatty\.s\.sol/);
  await app.deployButton.click();
  await expect(app.phase('Compile')).toHaveAccessibleName('Compile: running');
  await page.evaluate(() => {
    const shifts: { value: number; what: string }[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        sources?: { node?: Node | null }[];
      })[]) {
        const what = entry.sources?.map(({ node }) =>
          node instanceof Element ? node.outerHTML.slice(0, 120) : String(node?.textContent),
        );
        shifts.push({ value: entry.value, what: String(what) });
      }
    }).observe({ type: 'layout-shift' });
  });
  await expect(app.headline).toHaveText('Deployed 1 contract', { timeout: 60_000 });

  const journal: string[] = [];
  for (let after = 0; ; ) {
    const events = await drydock.client.deployments.logs({ id: 1, after, limit: 10_000 });
    const last = events.at(-1);
    if (!last) break;
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => after + index + 1));
    after = last.seq;
    journal.push(
      ...events.flatMap((event) => {
        if (event.type === 'log') return [event.text];
        if (event.type === 'command') return [event.command];
        if (event.type === 'warning') return event.message.split('\n');
        return event.type === 'status' && event.status === 'succeeded' ? ['Deployed'] : [];
      }),
    );
  }
  const numbers = journal.flatMap((line) => /^\s*line (\d+)$/.exec(line)?.[1] ?? []).map(Number);
  expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index));
  await expect.poll(() => app.lines()).toBe(journal.length);
  await expect.poll(() => app.screen()).toMatch(/▸ Deployed\s*$/);
  // A sentence that becomes another one and a balance that loses a digit move their neighbours by
  // a few pixels; a row or a panel that moves counts for a hundred times as much.
  const shifts = await page.evaluate(
    () => (window as unknown as { shifts: { value: number; what: string }[] }).shifts,
  );
  expect.soft(shifts.filter(({ value }) => value > 0.001)).toEqual([]);
  expect(shifts.reduce((sum, { value }) => sum + value, 0)).toBeLessThan(0.005);

  await page.getByRole('button', { name: 'Search in the log' }).click();
  await page.getByLabel('Find in the log').fill('line 12345');
  await expect.poll(() => app.screen()).toMatch(/line 12345\n/);
  await page.getByLabel('Find in the log').fill('line 99999');
  await expect(page.getByText('Not found')).toBeVisible();
  await page.getByRole('button', { name: 'Search in the log' }).click();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the log as text' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/-1\.log$/);
  const saved = path.join(drydock.home, 'saved.log');
  await download.saveAs(saved);
  expect((await readFile(saved, 'utf8')).trimEnd().split('\n')).toHaveLength(journal.length);

  // A page that comes later finds the same, at its end.
  await page.reload();
  await expect.poll(() => app.lines()).toBe(journal.length);
  await expect.poll(() => app.screen()).toMatch(/▸ Deployed\s*$/);

  await app.log.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => app.screen()).not.toMatch(/▸ Deployed/);
  await page.keyboard.press('End');
  await expect.poll(() => app.screen()).toMatch(/▸ Deployed\s*$/);
});
