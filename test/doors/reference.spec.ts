import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { temporaryFolder } from '../harness/folder.ts';
import { type HostProcess, startHostProcess } from '../harness/host-process.ts';

let host: HostProcess | undefined;

// Also after a test that failed: nothing is left running.
test.afterEach(async () => {
  if (host && host.child.exitCode === null) await host.kill();
  host = undefined;
});

test('the reference shows every part of the API, and nothing is blocked or missing', async ({
  page,
}) => {
  await using folder = await temporaryFolder();
  host = await startHostProcess(folder.path);
  const { url, token } = host;
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(request.url()));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== url) complaints.push(request.url());
  });

  await page.goto(`${url}/api/docs?token=${token}`);
  expect(page.url()).toBe(`${url}/api/docs`);
  const groups = page.locator('.opblock-tag');
  await expect(groups.filter({ hasText: /^webhooks$/ })).toBeVisible();
  const unfold = (group: RegExp) => groups.filter({ hasText: group }).click();
  await unfold(/^chains$/);
  await expect(page.getByText('/chains/{chain}/start')).toBeVisible();
  await unfold(/^deployments$/);
  await expect(page.getByText('Deploy a project', { exact: true })).toBeVisible();

  // The page can try a call by itself: its cookie is the token.
  await unfold(/^doctor$/);
  await page.getByText('What this machine has and lacks').click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await expect(page.locator('.live-responses-table tbody .response-col_status').first()).toHaveText(
    /200/,
  );
  expect(complaints).toEqual([]);
});

test('the host that is run ends well, and takes its beacon with it', async () => {
  await using folder = await temporaryFolder();
  host = await startHostProcess(folder.path);
  const beacon = path.join(folder.path, 'run', 'host.json');
  expect(existsSync(beacon)).toBe(true);
  await host.stop();
  expect(host.child.exitCode).toBe(0);
  expect(existsSync(beacon)).toBe(false);
  expect(existsSync(path.join(folder.path, 'drydock.db-wal'))).toBe(false);
});
