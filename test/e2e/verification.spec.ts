import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { rpc } from '#main/eth/rpc.ts';
import { made } from '#test/harness/made.ts';
import { scriptProject } from '#test/harness/script-project.ts';
import { verifier } from '#test/harness/verifier.ts';
import { expect, test } from './drydock.ts';

const KEY = 'SECRETKEY0123456789ABCDEF';
const CONTRACTS = `
library Rounding { function up(uint256 a) external pure returns (uint256) { return a + 1; } }
contract Linked {
  uint256 public x;
  constructor(uint256 a) { x = Rounding.up(a); }
  function more(uint256 a) external pure returns (uint256) { return Rounding.up(a); }
}
`;

/** A folder for pictures, for people to look at; none are taken without it. */
const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('a contract is verified here, and its sources are sent to a service after a question', async ({
  app,
  drydock,
}) => {
  const { main, page } = app;
  const body = 'vm.startBroadcast(); new Linked(5); vm.stopBroadcast();';
  await using fixture = await scriptProject({ Deploy: body }, CONTRACTS);
  await drydock.client.projects.add({ path: fixture.folder, name: 'yard' });
  const run = await drydock.deploy('yard', 'script/Deploy.s.sol');
  const address = made(run).contracts.find(({ name }) => name === 'Linked')?.address ?? '';
  const call = rpc(await drydock.rpcUrl());
  await using service = await verifier(call, 31337, KEY);
  await drydock.client.settings.set({
    ...{ sourcifyUrl: `${service.url}/server`, etherscanUrl: `${service.url}/v2/api` },
  });

  await app.go(`/contracts/local/${address}`);
  await expect(main.getByRole('heading', { name: 'Linked', exact: true })).toBeVisible();
  await app.command('Verify Linked…');
  const part = main.getByRole('region', { name: 'Verification' });
  await part.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(part).toContainText('The code at the address is exactly what its sources compile', {
    timeout: 60_000,
  });
  await expect(part).toContainText('src/Vm.sol:Linked of yard');
  await expect(part).toContainText(/0\.8\.\d+\+commit/);
  await expect(part).toContainText('Rounding');
  await expect(part.getByRole('button', { name: /^0x0+5 Copy arguments/ })).toBeVisible();

  const download = page.waitForEvent('download');
  await part.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('Linked.standard.json');

  // Nothing leaves before the question, which names where it goes, is answered.
  service.pendingFor = Number.POSITIVE_INFINITY;
  await part.getByRole('button', { name: 'Send to Sourcify…' }).click();
  await expect(app.dialog).toContainText(new URL(service.url).host);
  await expect(app.dialog.getByRole('list', { name: 'Sources' })).toContainText('src/Vm.sol');
  const dialogFaults = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect.soft(dialogFaults.violations.map(({ id }) => id)).toEqual([]);
  await app.dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(service.sent).toEqual([]);
  await part.getByRole('button', { name: 'Send to Sourcify…' }).click();
  await app.dialog.getByRole('button', { name: /^Send to 127/ }).click();
  const sent = part.getByRole('list', { name: 'Sent to be verified' }).getByRole('listitem');
  await expect(sent).toContainText('pending');
  expect(service.sent).toHaveLength(1);

  // What is pending is asked for again, also by a page that was opened later.
  await page.reload();
  service.pendingFor = 0;
  // Libraries that were linked after compiling are in the settings of what is sent, and those are
  // in the metadata: to a service it matches but for that.
  await expect(sent).toContainText('verified, partial');

  // A service that refuses is told with its reason.
  await part.getByRole('button', { name: 'Verify', exact: true }).click();
  await part.getByRole('button', { name: 'Send to Etherscan…' }).click();
  await app.dialog.getByRole('button', { name: /^Send to 127/ }).click();
  await expect(part.getByRole('alert')).toBeVisible();
  await expect(sent).toHaveCount(1);

  for (const theme of ['light', 'dark'] as const) {
    await drydock.client.settings.set({ theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page }).include('main').analyze();
    expect.soft(violations.map(({ id }) => id)).toEqual([]);
    for (const [width, height] of [
      [1440, 900],
      [1024, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(over).toBeLessThanOrEqual(0);
      if (pictures) {
        await page.screenshot({ path: path.join(pictures, `verification-${theme}-${width}.png`) });
      }
    }
  }

  // Other code at the address is not what the sources say: nothing can be sent.
  const code = await call<string>('eth_getCode', [address, 'latest']);
  await call('anvil_setCode', [address, code.replace('6080', '6090')]);
  await part.getByRole('button', { name: 'Verify again' }).click();
  await expect(part.getByRole('alert')).toContainText('No compiled contract of a project has');
});
