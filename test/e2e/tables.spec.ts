import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { openDb } from '#main/db/open.ts';
import { seedProject, seedRun } from '../harness/history.ts';
import { seedLabels } from '../harness/labels.ts';
import { expect, test } from './drydock.ts';

const count = 1000;
const pictures = process.env.DRYDOCK_TEST_PICTURES;

/** The link of a labelled address, by its number. */
const berth = (page: Page, number: number): Locator =>
  page.getByRole('link', { name: `0x${String(number).padStart(40, '0')}` });

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

test('a table of a thousand rows is walked by keys, ordered and searched, and read aloud right', async ({
  page,
  drydock,
}) => {
  await drydock.stop();
  const db = openDb(drydock.home);
  seedLabels(db, count);
  db.close();
  await drydock.start();
  await page.goto(drydock.address('/addresses'));
  const table = page.getByRole('table', { name: 'Labelled addresses' });
  await expect(table).toHaveAttribute('aria-rowcount', String(count + 1));
  await expect(table.getByRole('columnheader', { name: 'Label' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  // What was changed last comes first.
  await table.getByRole('button', { name: 'Changed' }).click();
  await expect(table.getByRole('row').nth(1)).toContainText('berth 1000');

  await page.keyboard.press('j');
  await expect(berth(page, 1000)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('j');
  await expect(berth(page, 998)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('k');
  await expect(berth(page, 1000)).toBeFocused();
  // There is none above: it stays.
  await page.keyboard.press('ArrowUp');
  await expect(berth(page, 1000)).toBeFocused();
  await page.keyboard.press('End');
  await expect(berth(page, 1)).toBeFocused();
  await expect(berth(page, 1)).toBeInViewport();
  await expect(table.getByRole('row').filter({ has: berth(page, 1) })).toHaveAttribute(
    'aria-rowindex',
    String(count + 1),
  );
  expect(await table.getByRole('row').count()).toBeLessThan(120);
  await page.keyboard.press('PageUp');
  await expect(berth(page, 1)).not.toBeFocused();
  await page.keyboard.press('Home');
  await expect(berth(page, 1000)).toBeFocused();
  await expect(berth(page, 1000)).toBeInViewport();

  // A row that is scrolled far away keeps the focus, and goes on from there.
  await page.mouse.move(700, 500);
  await page.mouse.wheel(0, 20_000);
  await expect(berth(page, 1000)).not.toBeInViewport();
  await expect(berth(page, 1000)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(berth(page, 999)).toBeFocused();
  await expect(berth(page, 999)).toBeInViewport();

  const found = await new AxeBuilder({ page }).include('main').analyze();
  expect(found.violations).toEqual([]);
  await picture(page, 'labels');

  await page.getByRole('searchbox', { name: 'Search labels' }).fill('berth 77');
  await expect(page.getByRole('status').filter({ hasText: /^11 labels$/ })).toBeVisible();
  await expect(table).toHaveAttribute('aria-rowcount', '12');
  await berth(page, 77).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/addresses\/0x0+77$/);
});

test('Space marks the runs of the history that are compared, and Enter opens one', async ({
  page,
  drydock,
}) => {
  await drydock.stop();
  const db = openDb(drydock.home);
  const project = seedProject(db, 'harbour');
  for (let i = 0; i < 3; i++) seedRun(db, project, { createdAt: i + 1 });
  db.close();
  await drydock.start();
  await page.goto(drydock.address('/history'));
  await expect(page.getByRole('table', { name: 'Deployments' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('link', { name: 'Deployment #3 of harbour' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByRole('checkbox', { name: 'Select #3 of harbour' })).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Compare #2 with #3' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('checkbox', { name: 'Select #2 of harbour' })).not.toBeChecked();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Deployment #2' })).toBeVisible();
});

test('one of many scripts is found by typing', async ({ app, project }) => {
  const { folder } = await project('broken', { compiled: false });
  await mkdir(path.join(folder, 'script/more'));
  for (let i = 0; i < 300; i++) {
    await writeFile(
      path.join(folder, `script/more/Berth${i}.s.sol`),
      `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
import {Script} from "../Script.sol";
contract Berth${i} is Script { function run() external {} }
`,
    );
  }
  const { page } = app;
  await app.addProject(folder);
  const box = page.getByRole('combobox', { name: 'Script or contract', exact: true });
  await box.focus();
  await page.keyboard.press('ArrowDown');
  const field = page.getByRole('combobox', { name: 'Find in Script or contract' });
  await expect(field).toBeFocused();
  await expect(page.getByText(/^The first 200 of \d+/)).toBeVisible();
  await page.keyboard.type('berth no such');
  await expect(page.getByText('Nothing is called that.')).toBeVisible();
  await field.fill('berth25 more');
  await expect(page.getByRole('option')).toHaveCount(11);
  const found = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(found.violations).toEqual([]);
  await picture(page, 'combobox');
  await field.fill('berth250');
  await expect(page.getByRole('option')).toHaveCount(1);
  await expect(page.getByRole('option')).toHaveAttribute('data-highlighted', '');
  await page.keyboard.press('Enter');
  await expect(box).toContainText('Berth250');
  await expect(box).toBeFocused();
  // What was typed and not chosen changes nothing.
  await page.keyboard.press('ArrowDown');
  await field.fill('berth1');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect(box).toContainText('Berth250');
  await expect(box).toBeFocused();
});
