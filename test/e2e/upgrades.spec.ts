import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { made } from '#test/harness/made.ts';
import { MORE, SHIFTED, writeMore } from '#test/harness/upgradeable.ts';
import { expect, test } from './drydock.ts';

const CONTRACTS = `contract Grown is Counter {
  uint256 immutable by;
  uint256 public steps;
  constructor(uint256 by_) { by = by_; }
}
${SHIFTED.replace('count += 1', 'revert("closed")')}`;

const FUNCTIONS = `
  function run() external { vm.startBroadcast(); new Shifted(); vm.stopBroadcast(); }`;

/** A folder for pictures, for people to look at; none are taken without it. */
const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('an upgrade of a proxy is checked before it is sent, a safe one and one that breaks', async ({
  app,
  drydock,
  project,
}) => {
  const { main, page } = app;
  const { folder } = await project('upgradeable', { compiled: false });
  await writeMore(folder, { contracts: CONTRACTS, functions: FUNCTIONS });
  await drydock.client.projects.add({ path: folder, name: 'up' });
  const run = await drydock.deploy('up', 'script/Deploy.s.sol');
  expect((await drydock.deploy('up', MORE)).status).toBe('succeeded');
  const proxy = made(run).contracts.find(({ name }) => name?.endsWith('Proxy'))?.address ?? '';
  await drydock.client.contracts.send({ contract: proxy, function: 'increment' });
  const recorded = () => drydock.client.upgrades.check({ contract: proxy, to: 'up.Shifted' });
  await expect.poll(async () => (await recorded()).replay.calls).toBe(1);

  await app.go(`/contracts/local/${proxy}`);
  await main.getByRole('button', { name: 'Check an upgrade…' }).click();
  const verdict = main.getByRole('status').first();
  const next = main.getByRole('combobox', { name: 'New implementation' });

  // A safe one, picked by its name, with what its constructor takes.
  await next.fill('grow');
  await page.getByRole('option', { name: /^Grown/ }).click();
  const fields = main.getByRole('group', { name: 'Constructor arguments' });
  await fields.getByLabel('by_').fill('2');
  await main.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(verdict).toContainText('Safe: nothing that is there breaks.', { timeout: 60_000 });
  await expect(main.getByRole('region', { name: 'Recorded calls' })).toContainText(
    '1 of 1 end as they did',
  );
  await look('safe');

  // The report has an address of its own.
  await page.reload();
  await expect(verdict).toContainText('Safe');
  await expect(fields.getByLabel('by_')).toHaveValue('2');

  // One that breaks: the worst comes first, with what shows it, and the call that would fail.
  await next.fill('up.Shifted');
  await main.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(verdict).toContainText('Unsafe: do not upgrade.', { timeout: 60_000 });
  await expect(main.getByRole('list', { name: 'Breaks what is there' })).toContainText(
    'Inserted `keeper`',
  );
  await look('unsafe');
  const calls = main.getByRole('table', { name: 'Calls that end otherwise' });
  await calls
    .getByRole('row', { name: /increment/ })
    .getByRole('link')
    .click();
  await expect(main.getByRole('heading', { name: /^increment on/ })).toBeVisible();

  // What is not known is told with the next step; the palette leads there, too.
  await app.go(`/contracts/local/${proxy}`);
  await app.command('Check an upgrade of Counter…');
  await next.fill('up.Nothing');
  await main.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(main.getByRole('alert')).toContainText('No contract "Nothing" is known of up');

  async function look(name: string) {
    for (const theme of ['light', 'dark'] as const) {
      await drydock.client.settings.set({ theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      for (const [width, height] of [
        [1024, 700],
        [1440, 900],
      ] as const) {
        await page.setViewportSize({ width, height });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft(over).toBeLessThanOrEqual(0);
        if (pictures) {
          const file = `upgrade-${name}-${theme}-${width}.png`;
          await page.screenshot({ path: path.join(pictures, file) });
        }
      }
      const { violations } = await new AxeBuilder({ page }).include('main').analyze();
      expect.soft(violations.map(({ id }) => id)).toEqual([]);
    }
  }
});
