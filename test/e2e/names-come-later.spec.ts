import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { rpc } from '#main/eth/rpc.ts';
import { expect, test } from './drydock.ts';

test('an open list has the names of contracts as soon as their build output is read', async ({
  app,
  drydock,
  project,
}) => {
  const { folder } = await project('token-vault');
  const artifact = path.join(folder, 'out', 'FeeMath.sol', 'FeeMath.json');
  const { bytecode } = JSON.parse(await readFile(artifact, 'utf8'));
  await drydock.client.chains.start({ chain: 'local' });
  const call = rpc(await drydock.rpcUrl());
  const [from] = await call<string[]>('eth_accounts');
  await call('eth_sendTransaction', [{ from, data: bytecode.object }]);

  await app.go('/networks/local/transactions');
  const rows = app.main.getByRole('table', { name: 'Transactions' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('new 0x');
  await drydock.client.projects.add({ path: folder, name: 'harbour' });
  await expect(rows.nth(1)).toContainText('FeeMath');
});
