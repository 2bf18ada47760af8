import { createWalletClient, http, publicActions } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { anvil } from 'viem/chains';
import { shortHex } from '#renderer/ui/format.ts';
import { expect, test } from './drydock.ts';

const KEYS = [
  '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
] as const;
const DELEGATE = '0x00000000000000000000000000000000DeaDBeef';

test('the page of a transaction has its type and authorizations, and an account what it delegates to', async ({
  app,
  drydock,
}) => {
  const { main } = app;
  await drydock.client.chains.start({ chain: 'local' });
  const url = await drydock.rpcUrl();
  const [sender, owner] = KEYS.map((key) =>
    createWalletClient({
      ...{ account: privateKeyToAccount(key), chain: anvil, transport: http(url) },
    }).extend(publicActions),
  );
  if (!sender || !owner) throw new Error('there are two');
  const signed = await owner.signAuthorization({ contractAddress: DELEGATE });
  const passedOver = await owner.signAuthorization({ contractAddress: DELEGATE, nonce: 99 });
  const hash = await sender.sendTransaction({
    ...{ to: DELEGATE, gas: 200_000n, authorizationList: [signed, passedOver] },
    accessList: [{ address: DELEGATE, storageKeys: [`0x${'07'.repeat(32)}`] }],
  });
  await sender.waitForTransactionReceipt({ hash });

  await app.go(`/networks/local/transactions/${hash}`);
  await expect(main.getByText('set code', { exact: true })).toBeVisible();
  const list = main.getByRole('region', { name: 'Authorizations' }).getByRole('listitem');
  await expect(list).toHaveText([/delegates to.*nonce 0/, /nonce 99.*passed over/]);
  await main.getByRole('tab', { name: 'Raw' }).click();
  await expect(main.getByRole('region', { name: 'Access list' })).toContainText('0x0707');
  await app.go(`/networks/local/addresses/${owner.account.address}`);
  await expect(main.getByText('delegated account')).toBeVisible();
  await expect(main.getByText('Delegates to')).toBeVisible();
  await expect(main.getByText(shortHex(DELEGATE)).first()).toBeVisible();
});
