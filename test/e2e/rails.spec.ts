import path from 'node:path';
import { liveNetwork } from '../harness/live-network.ts';
import { scriptProject } from '../harness/script-project.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;
const CHAIN_ID = 5152;
const STRANGER = '0x000000000000000000000000000000000000bEEF';
const ONE_ETHER = '0xde0b6b3a7640000';

const SCRIPT = 'vm.startBroadcast(); new C(1); vm.stopBroadcast();';

test('a network is frozen, lifted, and kept to what its rails say', async ({ app, drydock }) => {
  const { main, page } = app;
  await using live = await liveNetwork(CHAIN_ID);
  await using project = await scriptProject({ Deploy: SCRIPT });
  const { networks, keys, projects, rails } = drydock.client;
  await networks.save({ name: 'shared', kind: 'remote', url: live.url, chainId: CHAIN_ID });
  const { id } = await projects.add({ path: project.folder, name: 'yard' });
  const { address } = await keys.create({ name: 'deployer' });
  await live.chain.rpc('anvil_setBalance', address, ONE_ETHER);
  const shot = async (name: string) => {
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  };

  await app.go('/networks');
  const row = main.getByRole('row', { name: /shared/ });
  const openRails = async () => {
    await main.getByRole('button', { name: 'More for shared', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Rails…' }).click();
  };
  await openRails();
  const dialog = page.getByRole('dialog', { name: 'Rails of shared' });
  await dialog.getByLabel('Freeze it').fill('an incident');
  await dialog.getByRole('button', { name: 'Freeze', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('an incident. Nothing is sent to shared');
  await shot('rails-frozen');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(row).toContainText('frozen');
  await shot('networks-frozen');

  // It is rehearsed all the same, and says why it can't be sent.
  const { id: review } = await drydock.client.reviews.rehearse({
    ...{ project: 'yard', target: 'shared', input: { key: 'deployer' } },
  });
  await app.go(`/reviews/${review}`);
  const bar = page.getByRole('form', { name: 'Send' });
  await expect(bar).toContainText('shared is frozen ("an incident")');
  await expect(bar.getByRole('button', { name: 'Send 1 transaction' })).toBeDisabled();
  await shot('review-frozen');

  await app.go('/networks');
  await openRails();
  await dialog.getByRole('button', { name: 'Lift the freeze' }).click();
  await expect(dialog.getByLabel('Freeze it')).toBeVisible();
  await dialog.getByLabel('the command line').uncheck();
  await dialog.getByLabel('By these addresses').fill('somebody');
  await dialog.getByLabel('For at most, in 24 hours').fill('0.5');
  await dialog.getByLabel('Confirmations to wait for').fill('2');
  await expect(dialog.getByLabel('By these addresses')).toHaveAccessibleDescription(/no address/);
  await expect(dialog.getByRole('button', { name: 'Set the rails' })).toBeDisabled();
  await dialog.getByLabel('By these addresses').fill(STRANGER);
  await shot('rails');
  await dialog.getByRole('button', { name: 'Set the rails' }).click();
  await expect(dialog).toBeHidden();
  expect(await rails.get({ network: 'shared' })).toMatchObject({
    ...{ doors: ['window', 'browser', 'api'], senders: [STRANGER], freeze: null },
    ...{ dailyLimit: '500000000000000000', confirmations: 2, ownProduction: null },
  });

  await app.go(`/reviews/${review}`);
  await expect(bar).toContainText(`may not send to shared: its rails name ${STRANGER}`);

  await app.go(`/projects/${id}`);
  await app.choose('Network', /\bshared answers/);
  const summary = page.getByRole('region', { name: 'Rails' });
  await expect(summary).toContainText('the window, a browser, the API');
  await expect(summary).toContainText('0 of 0.5 ether');
  await shot('rails-summary');
  await summary.getByRole('button', { name: 'Change…' }).click();
  await dialog.getByLabel('By these addresses').fill('');
  await dialog.getByRole('button', { name: 'Set the rails' }).click();
  await expect(summary).toContainText('every address');
  expect(live.arrived).toEqual([]);
});
