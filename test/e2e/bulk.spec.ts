import { readFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openDb } from '#main/db/open.ts';
import { rpc } from '#main/eth/rpc.ts';
import { seedProject, seedRun } from '../harness/history.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: path.join(pictures, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('several runs of the history are pinned, tagged, compared and exported', async ({
  page,
  drydock,
}) => {
  await drydock.stop();
  const db = openDb(drydock.home);
  const project = seedProject(db, 'harbour');
  for (let i = 0; i < 4; i++) seedRun(db, project, { createdAt: i + 1 });
  db.close();
  await drydock.start();
  await page.goto(drydock.address('/history'));
  const box = (name: string) => page.getByRole('checkbox', { name });
  const bar = page.getByRole('toolbar', { name: 'Selection' });
  await box('Select #4 of harbour').check();
  await box('Select #2 of harbour').click({ modifiers: ['Shift'] });
  await expect(bar).toContainText('3 selected');
  await expect(bar.getByRole('button', { name: /^Compare/ })).toHaveCount(0);

  await bar.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(bar.getByRole('button', { name: 'Unpin' })).toBeVisible();
  await bar.getByLabel('Tag for all of them').fill('audited release');
  await page.keyboard.press('Enter');
  await expect(bar.getByRole('button', { name: 'Take a tag off' })).toBeVisible();
  await bar.getByRole('button', { name: 'Take a tag off' }).click();
  await page.getByRole('menuitem', { name: 'audited' }).click();
  const marks = async () =>
    (await drydock.client.history.list({})).items.map(({ number, pinned, tags }) => ({
      number,
      pinned,
      tags,
    }));
  await expect.poll(marks).toEqual([
    { number: 4, pinned: true, tags: ['release'] },
    { number: 3, pinned: true, tags: ['release'] },
    { number: 2, pinned: true, tags: ['release'] },
    { number: 1, pinned: false, tags: [] },
  ]);
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  await picture(page, 'bulk-history');

  const download = page.waitForEvent('download');
  await bar.getByRole('button', { name: 'Export JSON' }).click();
  const file = await (await download).path();
  const exported: { number: number }[] = JSON.parse(await readFile(file, 'utf8'));
  expect(exported.map(({ number }) => number)).toEqual([4, 3, 2]);

  await box('Select #3 of harbour').uncheck();
  await bar.getByRole('button', { name: 'Compare #2 with #4' }).click();
  await expect(page).toHaveURL(/\/diff\//);

  // The same by commands.
  const all = await drydock.run('deployment', 'tag', '1,3', 'kept', '--json');
  expect(JSON.parse(all.stdout)).toMatchObject([
    { number: 3, tags: ['kept', 'release'] },
    { number: 1, tags: ['kept'] },
  ]);
  const none = await drydock.run('deployment', 'pin', '1,999', '--off');
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('no deployment 999') });
  const both = await drydock.run('deployment', 'export', '1,2');
  expect(JSON.parse(both.stdout)).toMatchObject([{ number: 1 }, { number: 2, pinned: true }]);
});

test('several contracts are pinned and copied; those that were added are removed with one question', async ({
  app,
  drydock,
  project,
}) => {
  const { page, main } = app;
  const { folder } = await project('broken');
  await drydock.client.projects.add({ path: folder, name: 'gates' });
  await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['2']);
  const call = rpc(await drydock.rpcUrl(), 10_000);
  const foreign = ['11', '22'].map((byte) => `0x${byte.repeat(20)}`);
  for (const [i, address] of foreign.entries()) {
    await call('anvil_setCode', [address, '0x00']);
    const abi = [{ type: 'function', name: 'tide', inputs: [], outputs: [] }];
    const named = { network: 'local', name: `Quay${i + 1}`, abi };
    await drydock.client.contracts.add({ ...named, address });
  }
  await app.go('/contracts');
  const bar = page.getByRole('toolbar', { name: 'Selection' });
  await main
    .getByRole('checkbox', { name: /^Select / })
    .first()
    .check();
  await main
    .getByRole('checkbox', { name: 'Select Quay2 on local' })
    .click({ modifiers: ['Shift'] });
  await expect(bar).toContainText('4 selected');
  await bar.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(page.getByText('4 contracts pinned')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  await picture(page, 'bulk-contracts');

  const { contracts } = await drydock.client.contracts.live({});
  expect(contracts.map(({ pinned }) => pinned)).toEqual([true, true]);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await bar.getByRole('button', { name: 'Copy addresses' }).click();
  await expect(page.getByText('Copied 4 addresses')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const wanted = [...contracts.map(({ address }) => address), ...foreign];
  expect(copied.toLowerCase().split('\n').sort()).toEqual(
    wanted.map((address) => address.toLowerCase()).sort(),
  );

  const download = page.waitForEvent('download');
  await bar.getByRole('button', { name: 'Export ABIs' }).click();
  const file = await (await download).path();
  const abis: { name: string; abi: unknown[] }[] = JSON.parse(await readFile(file, 'utf8'));
  expect(abis.find(({ name }) => name === 'Quay1')?.abi).toMatchObject([{ name: 'tide' }]);

  await bar.getByRole('button', { name: 'Remove 2 added…' }).click();
  await expect(app.dialog).toContainText('Remove 2 contracts?');
  await app.dialog.getByRole('button', { name: 'Remove' }).click();
  await expect.poll(async () => (await drydock.client.contracts.live({})).added).toEqual([]);

  const [one, other] = contracts.map(({ address }) => address) as [string, string];
  const unpinned = await drydock.run('contract', 'unpin', one, other, '--network', 'local');
  expect(unpinned.stdout.match(/is pinned no more/g)).toHaveLength(2);
});
