import path from 'node:path';
import { putHardhatCompilers } from '../harness/hardhat-compilers.ts';
import {
  copyHardhatFixture,
  type HardhatFixture,
  type HardhatFixtureName,
  whyNoHardhat,
} from '../harness/hardhat-fixture.ts';
import { skipAloud } from '../harness/skip.ts';
import { test as base, expect } from './drydock.ts';

/** A folder for pictures, for people to look at; none are taken without it. */
const pictures = process.env.DRYDOCK_TEST_PICTURES;

type Picture = (name: string) => Promise<void>;

const test = base.extend<{
  hardhat: (name: HardhatFixtureName) => Promise<HardhatFixture>;
  picture: Picture;
}>({
  hardhat: async ({ drydock }, use) => {
    const made: HardhatFixture[] = [];
    await drydock.client.settings.set({ engine: 'process' });
    await putHardhatCompilers(path.join(path.dirname(drydock.home), 'user'));
    await use(async (name) => {
      const fixture = await copyHardhatFixture(name);
      made.push(fixture);
      return fixture;
    });
    for (const fixture of made) await fixture[Symbol.asyncDispose]();
  },
  picture: ({ page }, use) =>
    use(async (name) => {
      if (!pictures) return;
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: path.join(pictures, `${name}-${colorScheme}.png`) });
      }
    }),
});

const reason = await whyNoHardhat();
test.skip(skipAloud('Hardhat in the window', reason), reason ?? '');

test('a module: its parameters in the form, its run, its history and another try', async ({
  app,
  drydock,
  hardhat,
  picture,
}) => {
  const { page, main } = app;
  await app.addProject((await hardhat('two-ignition')).project);

  // Its fields are those that its module asks for, with what is taken where nothing is given.
  await expect(main.getByRole('combobox', { name: 'Module or script' })).toHaveText(
    'ignition/modules/Vaults.js',
  );
  const parameters = main.getByRole('group', { name: 'Parameters' });
  const percent = parameters.getByLabel('Vaults.percent');
  await expect(percent).toHaveAttribute('placeholder', 'default: 5');
  await expect(parameters.getByLabel('Vaults.keeper')).toHaveValue('');
  await expect(parameters.getByRole('textbox')).toHaveCount(2);
  await expect(main.getByLabel('Tags')).toHaveCount(0);
  await percent.fill('7');
  await picture('form');

  await app.deployButton.click();
  await expect(app.phase('Compile')).toHaveAccessibleName('Compile: done');
  await expect(app.phase('Deploy')).toHaveAccessibleName('Deploy: done');
  await expect(app.headline).toHaveText('Deployed 4 contracts');
  const factory = app.table.getByRole('row').filter({ hasText: 'Vaults#VaultFactory' });
  await expect(factory).toContainText('0xe7f1');
  await picture('done');
  await app.tab(/^Contracts/);
  const live = page.getByRole('table', { name: 'Live contracts' });
  await expect(live.getByRole('row').filter({ hasText: 'Vaults#Rates' })).toHaveCount(1);
  await picture('contracts');
  expect(await drydock.client.deployments.get({ id: 1 })).toMatchObject({
    input: { script: 'ignition/modules/Vaults.js', params: ['Vaults.percent=7'] },
  });

  await app.tab(/^History/);
  await expect(app.historyRow(1)).toContainText('Succeeded');
  await picture('history');
  await app.historyLink(1).click();
  await expect(page.getByRole('heading', { name: 'Deployment #1' })).toBeVisible();
  expect(await app.addresses()).toHaveLength(4);
  await picture('run');

  // The same once more, with what it was asked for in the form.
  await main.getByRole('button', { name: 'Edit and deploy' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'the request of #1' })).toBeVisible();
  await expect(percent).toHaveValue('7');
  await percent.fill('');
  await drydock.client.chains.restart({ chain: 'local', fresh: true });
  await app.deployButton.click();
  await expect(main.getByRole('link', { name: 'Deployment #2' })).toBeVisible();
  await expect(app.headline).toHaveText('Deployed 4 contracts');
  expect(await drydock.client.deployments.get({ id: 2 })).toMatchObject({
    ...{ retryOf: 1 },
    input: { params: [] },
  });
});

test('scripts that are chosen by their tags', async ({ app, drydock, hardhat, picture }) => {
  const { main } = app;
  await app.addProject((await hardhat('two-deploy')).project);
  await expect(main.getByRole('combobox', { name: 'Module or script' })).toHaveText('deploy');
  await expect(main.getByRole('group', { name: 'Parameters' })).toHaveCount(0);
  const tags = main.getByRole('group', { name: 'Tags' });
  await expect(tags.getByRole('button')).toHaveText(['all', 'sale', 'token']);
  await tags.getByRole('button', { name: 'token' }).click();
  await expect(tags.getByRole('button', { name: 'token' })).toHaveAttribute('aria-pressed', 'true');
  await picture('tags');
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Deployed 1 contract');
  expect(await drydock.client.deployments.get({ id: 1 })).toMatchObject({
    input: { script: 'deploy', tags: ['token'] },
  });
});

test('a script asks for neither', async ({ app, hardhat, picture }) => {
  const { main } = app;
  await app.addProject((await hardhat('three-viem')).project);
  await app.choose('Module or script', /^scripts\/deploy\.ts/);
  await expect(main.getByRole('group', { name: /Parameters|Tags/ })).toHaveCount(0);
  await main.getByRole('button', { name: 'More options' }).click();
  await main.getByLabel('Environment', { exact: true }).fill('STAGE=test');
  await picture('script');
  const folded = main.getByRole('button', { name: 'More options' });
  await folded.click();
  await expect(folded).toContainText('environment');
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Deployed 1 contract');
});
