import { createPublicClient, http, parseEther } from 'viem';
import { made } from '#test/harness/made.ts';
import { expect, test } from './drydock.ts';

test('arguments are checked while they are typed, and go to the script as typed', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('token-vault');
  const treasury = '0x000000000000000000000000000000000000dEaD';
  await app.addProject(folder);
  await app.choose('Function', 'run(address,uint256)');

  const fields = app.page.getByRole('group', { name: 'Arguments' });
  const address = fields.getByLabel('treasury');
  await address.fill('0xdead');
  await expect(address).toHaveAttribute('aria-invalid', 'true');
  await expect(address).toHaveAccessibleDescription('Give an address (0x and 40 hex digits).');
  await address.fill(treasury);
  await expect(address).not.toHaveAttribute('aria-invalid', 'true');

  // Nothing is started while a value is missing; its field says so.
  const supply = fields.getByLabel('supply');
  await app.deployButton.click();
  await expect(supply).toHaveAccessibleDescription('Fill in supply (uint256).');
  await expect(app.cancelButton).toBeHidden();
  await expect(supply).toBeFocused();
  await supply.fill('-1');
  await expect(supply).toHaveAccessibleDescription(
    'Give a uint256 (a whole number from 0 to 2^256-1).',
  );
  await app.deployButton.click();
  await expect(supply).toBeFocused();
  await expect(app.cancelButton).toBeHidden();

  // What may be a private key is asked about before anything is started or kept.
  const key = `0x${'5eC12e7f'.repeat(8)}`;
  await supply.fill(key);
  await app.deployButton.click();
  const question = app.page.getByRole('dialog', { name: 'Is this a private key?' });
  await expect(question).toContainText('Argument 2 of run(address,uint256)');
  await question.getByRole('button', { name: 'It is one' }).click();
  await expect(question).toBeHidden();
  await expect(app.cancelButton).toBeHidden();
  expect(await app.page.evaluate(() => JSON.stringify(localStorage))).not.toContain(key);
  await supply.fill('5ether');

  await app.chain.getByRole('button', { name: 'Start local', exact: true }).first().click();
  await expect(app.chain.getByRole('list', { name: 'Accounts' })).toBeVisible();
  const accounts = await drydock.client.chains.accounts({ chain: 'local' });
  const sender = accounts[3]?.address as string;
  await app.choose('From', new RegExp(`^${sender.slice(0, 6)}`));

  await app.deployButton.click();
  await expect(app.headline).toHaveText('Deployed 3 contracts', { timeout: 60_000 });

  const chain = createPublicClient({ transport: http(await drydock.rpcUrl()) });
  const run = await drydock.client.deployments.get({ id: 1 });
  expect(run.input.args).toEqual([treasury, '5ether']);
  expect(new Set(made(run).transactions.map(({ from }) => from.toLowerCase()))).toEqual(
    new Set([sender.toLowerCase()]),
  );
  const token = made(run).contracts.find(({ name }) => name === 'Token');
  const held = await chain.readContract({
    address: token?.address as `0x${string}`,
    abi: [
      {
        type: 'function',
        name: 'balanceOf',
        stateMutability: 'view',
        inputs: [{ type: 'address' }],
        outputs: [{ type: 'uint256' }],
      },
    ],
    functionName: 'balanceOf',
    args: [treasury],
  });
  expect(held).toBe(parseEther('5'));

  // A reload finds the form as it was.
  await app.page.reload();
  await app.editForm();
  await expect(fields.getByLabel('treasury')).toHaveValue(treasury);
  await expect(fields.getByLabel('supply')).toHaveValue('5');
  await expect(fields.getByLabel('Unit')).toHaveValue('ether');
});

test('what is wrong in an array that was pasted is said with its place', async ({
  app,
  project,
}) => {
  const { folder } = await project('broken');
  await app.addProject(folder);
  await app.chooseScript(/Many\.s\.sol/);
  await app.choose('Function', 'signed(int256,int256[])');
  const fields = app.page.getByRole('group', { name: 'Arguments' });
  await fields.getByLabel('first').fill('-1');
  const rest = fields.getByRole('group', { name: 'rest' });
  await rest.getByRole('button', { name: 'Paste JSON or CSV' }).click();
  await fields.getByRole('textbox', { name: 'rest' }).fill('[one, two]');
  await app.deployButton.click();
  await expect(fields.getByRole('alert').last()).toContainText('rest[0]: Give an int256');
  await expect(app.cancelButton).toBeHidden();
});
