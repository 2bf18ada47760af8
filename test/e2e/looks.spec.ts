import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { encodeFunctionData, parseAbi } from 'viem';
import { rpc } from '#main/eth/rpc.ts';
import { some } from '#test/harness/all.ts';
import { made } from '#test/harness/made.ts';
import { expect, test } from './drydock.ts';

type Theme = 'dark' | 'light';

const wide = [1440, 900] as const;

/** 1440×900 at 200 %. */
const large = [720, 450] as const;

type Look = readonly [theme: Theme, size: readonly [width: number, height: number]];

/** What fits the smallest mostly fits the others; colours have a test of their own. */
const looks: readonly Look[] = some(
  [
    ['dark', large],
    ['dark', wide],
    ['dark', [1024, 700]],
    ['light', large],
    ['light', wide],
  ],
  1,
);

/** A folder for pictures of every page, for people to look at; none are taken without it. */
const pictures = process.env.DRYDOCK_TEST_PICTURES;

const pages = {
  overview: '/',
  project: '/projects/1',
  contracts: '/projects/1/contracts',
  'project-history': '/projects/1/history',
  'project-settings': '/projects/1/settings',
  deployment: '/deployments/1',
  failure: '/deployments/2',
  chain: '/chains/local',
  calls: '/chains/local/calls',
  'state-compared': '/chains/local/diff/1/now',
  images: '/images',
  containers: '/containers',
  data: '/data',
  webhooks: '/settings/webhooks',
  queue: '/queue',
  'needs attention': '/history/attention=true',
  history: '/history',
  insights: '/insights',
  'all-contracts': '/contracts',
  transactions: '/networks/local/transactions',
  accounts: '/networks/local/accounts',
  block: '/networks/local/blocks/1',
  gas: '/networks/local/gas',
  'deployment-gas': '/deployments/1/gas',
  'gas-compared': '/deployments/1/gas/2',
  networks: '/networks',
  settings: '/settings',
  doctor: '/doctor',
};

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Runs in the page: what a person would have to scroll sideways. Logs, code and tabs may be long. */
async function tooWide(): Promise<string[]> {
  // Columns give way once they have been laid out.
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const found: string[] = [];
  for (const element of document.querySelectorAll('html, main *')) {
    const isFrame = element.firstElementChild?.matches('table');
    const isScroller = /auto|scroll/.test(getComputedStyle(element).overflowX);
    if (!(isFrame || isScroller || element.matches('html'))) continue;
    if (
      element.closest(
        '.xterm, pre, [role="tablist"], section:is([aria-label="Terminal"], [aria-label="Source"])',
      )
    )
      continue;
    if (element.scrollWidth <= element.clientWidth) continue;
    const { tagName, className, scrollWidth, clientWidth } = element;
    const name = element.firstElementChild?.getAttribute('aria-label') ?? String(className);
    found.push(`${tagName} ${name.slice(0, 80)}: ${scrollWidth} in ${clientWidth}`);
  }
  return found;
}

/** What axe finds, in words. Of the second theme only the colours can differ from the first. */
async function faults(page: Page, theme: Theme, within?: string): Promise<string[]> {
  let axe = new AxeBuilder({ page });
  axe = theme === 'dark' ? axe.withTags(standards) : axe.withRules(['color-contrast']);
  if (within) axe = axe.include(within);
  // A colour on its way to another one is neither.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ effect }) => effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY),
  );
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  );
}

for (const [theme, [width, height]] of looks) {
  test(`every page meets WCAG AA and fits its window, ${theme}, ${width}×${height}`, async ({
    app,
    drydock,
    project,
  }) => {
    // Dozens of pages, each looked at whole.
    test.slow();
    const { page } = app;
    const { folder } = await project('broken', { git: true });
    await drydock.client.projects.add({ path: folder, name: 'gates' });
    const run = await drydock.deploy('gates', 'script/Many.s.sol', 'run(uint256)', ['4']);
    const gate = made(run).contracts[0];
    const call = rpc(await drydock.rpcUrl());
    const reverted = await call<string>('eth_sendTransaction', [
      {
        from: (await call<string[]>('eth_accounts'))[0],
        ...{ to: gate?.address, gas: '0x100000' },
        data: encodeFunctionData({ abi: parseAbi(['function enterLate()']) }),
      },
    ]);
    const all = {
      ...pages,
      transaction: `/networks/local/transactions/${gate?.transactionHash}/raw`,
      reverted: `/networks/local/transactions/${reverted}`,
      address: `/networks/local/addresses/${gate?.address}`,
      contract: `/contracts/local/${gate?.address}`,
      'contract-events': `/contracts/local/${gate?.address}/events`,
      'contract-storage': `/contracts/local/${gate?.address}/storage`,
      'contract-code': `/contracts/local/${gate?.address}/code`,
    };
    await drydock.client.chains.snapshot({ chain: 'local', name: 'four gates' });
    await drydock.deploy('gates', 'script/CompileError.s.sol');
    await drydock.client.settings.set({ theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);

    // What comes while axe looks, such as a simulation, has its colours at once.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    for (const [name, at] of Object.entries(all)) {
      await app.go(at);
      await expect(app.main.getByRole('heading').first()).toBeVisible();
      await expect(app.main.getByRole('status', { name: 'Loading' })).toHaveCount(0);
      await expect.soft
        .poll(() => page.evaluate(tooWide), { message: `${name} at ${width}`, timeout: 10_000 })
        .toEqual([]);
      if (theme === 'light' || width === wide[0]) {
        expect.soft(await faults(page, theme), name).toEqual([]);
      }
      if (pictures) {
        await page.screenshot({ path: path.join(pictures, `${name}-${theme}-${width}.png`) });
      }
    }
  });
}

test('the dialogs and the palette meet WCAG AA too', async ({ app, drydock, project }) => {
  const { page } = app;
  const { folder } = await project('broken');
  await drydock.client.chains.start({ chain: 'local' });
  await app.addProject(folder, 'gates');
  const opened = {
    'add-project': async () => {
      await app.sidebar.getByRole('button', { name: 'Add project', exact: true }).click();
      await app.dialog.getByLabel('Folder').fill('/nowhere/at/all');
      await app.dialog.getByRole('button', { name: 'Add project' }).click();
      await expect(app.dialog.getByRole('alert')).toBeVisible();
    },
    palette: async () => page.keyboard.press('Control+k'),
    deal: async () => {
      await app.go('/networks/local/accounts');
      await app.main.getByRole('button', { name: 'Deal tokens…' }).click();
    },
    impersonate: async () => {
      await app.go('/networks/local/accounts');
      await app.main.getByRole('button', { name: 'Impersonate…' }).click();
    },
    'connect-wallet': async () => {
      await app.go('/chains/local');
      await app.main.getByRole('button', { name: 'Connect a wallet…' }).click();
    },
    'chain-settings': async () => {
      await app.go('/chains/local');
      await app.main.getByRole('button', { name: 'Settings…' }).click();
    },
    fund: async () => {
      await app.go('/projects/1');
      await app.chain.getByRole('button', { name: 'Fund' }).click();
    },
    'add-network': async () => {
      await app.go('/networks');
      await app.main.getByRole('button', { name: 'Add network' }).click();
    },
  };
  for (const theme of ['dark', 'light'] as const) {
    await drydock.client.settings.set({ theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await app.go('/projects/1');
    for (const [name, open] of Object.entries(opened)) {
      await open();
      await expect(app.dialog).toBeVisible();
      // While it fades in, every colour is a mixture.
      await expect(app.dialog).not.toHaveAttribute('data-starting-style');
      await expect
        .poll(() => app.dialog.evaluate((one) => getComputedStyle(one).opacity))
        .toBe('1');
      const found = await faults(page, theme, '[role="dialog"]');
      expect.soft(found, `${name}, ${theme}`).toEqual([]);
      if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-${theme}.png`) });
      await page.keyboard.press('Escape');
      await expect(app.dialog).toBeHidden();
    }
  }
});
