import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { made } from '#test/harness/made.ts';
import { SHIFTED, upgradeTo, writeMore } from '#test/harness/upgradeable.ts';
import { expect, test } from './drydock.ts';

/** A folder for pictures, for people to look at; none are taken without it. */
const pictures = process.env.DRYDOCK_TEST_PICTURES;

test('a deploy that breaks what is behind a proxy is stopped, and goes on with consent', async ({
  app,
  drydock,
  project,
}) => {
  const { main, page } = app;
  const { folder } = await project('upgradeable', { compiled: false });
  await writeMore(folder, {
    contracts: SHIFTED,
    functions: upgradeTo('run', 'new Shifted()') + upgradeTo('back', 'new Counter()'),
  });
  await app.addProject(folder);
  const [added] = await drydock.client.projects.list();
  const run = await drydock.deploy(added?.name ?? '', 'script/Deploy.s.sol');
  const proxy = made(run).contracts.find(({ name }) => name === 'ERC1967Proxy')?.address ?? '';

  await app.chooseScript(/More\.s\.sol/);
  await app.choose('Function', 'run(address)');
  await page.getByRole('group', { name: 'Arguments' }).getByLabel('proxy').fill(proxy);
  await app.deployButton.click();
  await expect(app.headline).toHaveText('Failed', { timeout: 60_000 });
  const failure = main.getByRole('alert');
  await expect(failure).toContainText(/to Shifted is unsafe, and was not sent/);
  const found = main.getByRole('region', { name: 'Upgrade of Counter' });
  await expect(found).toContainText('Unsafe: do not upgrade.');
  await expect(found.getByRole('list', { name: 'Breaks what is there' })).toContainText(
    'Inserted `keeper`',
  );
  await look('stopped');

  await failure.getByRole('button', { name: 'Upgrade all the same' }).click();
  await expect(app.headline).toHaveText('Deployed 1 contract', { timeout: 60_000 });
  await expect(found).toContainText('It was allowed all the same');
  await look('allowed');

  // The form gives the same consent beforehand.
  await app.choose('Function', 'back(address)');
  await page.getByRole('group', { name: 'Arguments' }).getByLabel('proxy').fill(proxy);
  await main.getByRole('button', { name: 'More options' }).click();
  await main.getByLabel('Allow unsafe upgrades').click();
  await app.deployButton.click();
  await expect(main.getByRole('region', { name: 'Upgrade of Shifted' })).toContainText(
    'It was allowed all the same',
    { timeout: 60_000 },
  );
  await expect(app.headline).toHaveText('Deployed 1 contract', { timeout: 60_000 });

  async function look(name: string): Promise<void> {
    if (pictures) {
      await found.scrollIntoViewIfNeeded();
      await page.screenshot({ path: path.join(pictures, `upgrade-step-${name}.png`) });
    }
    const axe = await new AxeBuilder({ page }).include('main').analyze();
    expect(axe.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
});
