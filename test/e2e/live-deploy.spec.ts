import path from 'node:path';
import { BUSY, liveNetwork } from '../harness/live-network.ts';
import { scriptProject } from '../harness/script-project.ts';
import { expect, test } from './drydock.ts';

const pictures = process.env.DRYDOCK_TEST_PICTURES;
const MAINNET = 1;
const ONE_ETHER = '0xde0b6b3a7640000';

const SCRIPT = 'vm.startBroadcast(); C c = new C(1); c.set(2); new C(3); vm.stopBroadcast();';

test('from a new key over the review to the deployment on a main network', async ({
  app,
  drydock,
}) => {
  const { main, page } = app;
  await using live = await liveNetwork(MAINNET, ...BUSY);
  await using project = await scriptProject({ Deploy: SCRIPT });
  await drydock.client.networks.save({ name: 'shared', kind: 'remote', url: live.url });
  const { id } = await drydock.client.projects.add({ path: project.folder, name: 'yard' });
  const shot = async (name: string) => {
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  };

  await app.go('/keys');
  await main.getByRole('button', { name: 'New key…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New key' });
  await dialog.getByLabel('Name').fill('deployer');
  await shot('key-dialog');
  await dialog.getByRole('button', { name: 'Make' }).click();
  const row = main.getByRole('row', { name: /deployer/ });
  await expect(row).toContainText('locked');
  await shot('keys');
  const [key] = await drydock.client.keys.list();
  const sender = key?.address as string;
  await live.chain.rpc('anvil_setBalance', sender, ONE_ETHER);

  await app.go(`/projects/${id}`);
  await app.choose('Network', /\bshared\b/);
  await expect(main.getByRole('button', { name: 'Deploy to shared' })).toBeVisible();
  await app.choose('Key', /deployer/);
  await shot('live-form');
  await main.getByRole('button', { name: 'Review for shared' }).click();

  await expect(main.getByRole('heading', { level: 1 })).toHaveText('3 transactions to Ethereum');
  const sent = main.getByRole('table', { name: 'Transactions' });
  await expect(sent.getByRole('row')).toHaveCount(4);
  await expect(main.getByRole('list', { name: 'Gates' })).toContainText('Rehearsed');
  await shot('review');
  await sent.getByRole('button', { name: /C\.set/ }).click();
  await expect(sent.getByText('bytes', { exact: true }).filter({ visible: true })).toBeVisible();

  const bar = page.getByRole('form', { name: 'Send' });
  const send = bar.getByRole('button', { name: 'Send 3 transactions' });
  await expect(bar).toContainText(`from deployer to Ethereum (1).`);
  await expect(send).toBeDisabled();
  await bar.getByRole('textbox').fill('share');
  await expect(send).toBeDisabled();
  await bar.getByRole('textbox').fill('shared');
  await shot('review-ready');
  await send.click();

  await expect(page).toHaveURL(/\/deployments\/\d+$/);
  await expect(main.getByText('succeeded').first()).toBeVisible();
  expect(live.arrived).toHaveLength(3);
  await app.go('/reviews');
  await expect(main.getByRole('row', { name: /shared/ })).toContainText('sent');
  await shot('reviews');
  await app.go('/reviews/1');
  await expect(main.getByRole('columnheader', { name: 'Sent as' })).toBeVisible();
  await shot('review-sent');

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation').first()).toBeHidden();
  await expect(main.getByText('gas limit')).toHaveCount(3);
  await expect(main.getByText('gas limit').last()).toBeVisible();
  const isWhole = () =>
    page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight);
  expect(await isWhole()).toBe(true);
  if (pictures) await page.pdf({ path: path.join(pictures, 'review.pdf'), format: 'A4' });
  if (pictures)
    await page.screenshot({ path: path.join(pictures, 'review-print.png'), fullPage: true });
});

test('what is stuck is let pay more, from its review', async ({ app, drydock }) => {
  const { main, page } = app;
  const { client } = drydock;
  await using live = await liveNetwork(5157);
  await using project = await scriptProject({ Deploy: SCRIPT });
  await client.networks.save({ name: 'slow', kind: 'remote', url: live.url });
  const { id } = await client.projects.add({ path: project.folder, name: 'yard' });
  const { address } = await client.keys.create({ name: 'deployer' });
  await live.chain.rpc('anvil_setBalance', address, ONE_ETHER);
  const review = await client.reviews.rehearse({
    ...{ project: id, target: 'slow', input: { key: 'deployer' } },
  });
  await app.go(`/reviews/${review.id}`);
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('3 transactions to slow');
  await live.chain.rpc('evm_setAutomine', false);
  await client.reviews.approve({ id: review.id });

  const sending = page.getByRole('region', { name: 'Sending' });
  await expect(sending).toContainText('sent to slow');
  await sending.getByRole('button', { name: 'Pay more…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let it pay more' });
  await expect(dialog.getByLabel('Pay up to, in gwei')).not.toHaveValue('');
  if (pictures) await page.screenshot({ path: path.join(pictures, 'raise-fee.png') });
  await dialog.getByLabel('Pay up to, in gwei').fill('0.001');
  await dialog.getByRole('button', { name: 'Sign it again' }).click();
  await expect(dialog.getByRole('alert')).toContainText('at least');
  await dialog.getByLabel('Pay up to, in gwei').fill('90');
  await dialog.getByRole('button', { name: 'Sign it again' }).click();
  await expect(dialog).toBeHidden();
  const target = 'slow';
  const runs = async () => (await client.deployments.list({ target })).items.map(({ id }) => id);
  expect(await runs()).toHaveLength(1);
  const { signed } = await client.reviews.get({ id: review.id });
  expect(signed.slice(0, 2)).toMatchObject([
    { nonce: 0 },
    { nonce: 0, maxFeePerGas: '90000000000' },
  ]);
  if (pictures) await page.screenshot({ path: path.join(pictures, 'review-sending.png') });

  // Where the run is over, it is gone on with by one other, though the button stands in a form.
  const [run = 0] = await runs();
  await client.deployments.cancel({ id: run });
  const bar = page.getByRole('form', { name: 'Send' });
  await bar.getByRole('button', { name: 'Pay more…' }).click();
  await dialog.getByLabel('Pay up to, in gwei').fill('180');
  await dialog.getByRole('button', { name: 'Sign it again' }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`/reviews/${review.id}$`));

  await live.chain.rpc('evm_setIntervalMining', 1);
  await expect(sending).toBeHidden();
  await expect(main.getByRole('columnheader', { name: 'Sent as' })).toBeVisible();
  expect(await client.reviews.get({ id: review.id })).toMatchObject({ status: 'done' });
  expect(await runs()).toHaveLength(2);
});
