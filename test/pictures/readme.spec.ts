import { cp, mkdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { encodeFunctionData, type Hex, parseAbi, parseEther } from 'viem';
import { rpc } from '#main/eth/rpc.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { made } from '#test/harness/made.ts';
import { type Drydock, expect, test } from '../e2e/drydock.ts';
import { commitAll, type Fixture } from '../harness/fixture.ts';

const images = path.join(appRoot(), 'docs/images');
const abi = parseAbi([
  'function deposit(uint256 assets, address receiver) returns (uint256)',
  'function redeem(uint256 shares, address receiver, address owner) returns (uint256)',
]);

/** Where projects lie in the pictures, whose logs show it. Nobody else's: it must not be there. */
const code = path.join(process.platform === 'win32' ? os.tmpdir() : '/tmp', 'code');

async function place({ folder }: Fixture, name: string): Promise<string> {
  const to = path.join(code, name);
  await cp(folder, to, { recursive: true, verbatimSymlinks: true });
  await commitAll(to);
  return to;
}

/** What the pictures show: two projects, some runs, and a transaction that failed. */
async function furnish(drydock: Drydock, folders: { vault: string; marketplace: string }) {
  const { client } = drydock;
  await client.projects.add({ path: folders.marketplace, name: 'marketplace' });
  await client.projects.add({ path: folders.vault, name: 'vault' });
  for (const project of ['vault', 'marketplace']) await client.projects.trust({ project });
  await client.chains.start({ chain: 'local' });
  const call = rpc(await drydock.rpcUrl());
  const [treasury] = await call<Hex[]>('eth_accounts');
  if (!treasury) throw new Error('the chain has no accounts');
  await drydock.deploy('vault', 'script/Deploy.s.sol');
  await client.chains.snapshot({ chain: 'local', name: 'tokens seeded' });
  await drydock.deploy('marketplace', 'script/Deploy.s.sol');
  const run = await drydock.deploy('vault', 'script/Deploy.s.sol');
  const send = (to: Hex, data: Hex) =>
    call<Hex>('eth_sendTransaction', [{ from: treasury, to, data, gas: '0x100000' }]);
  const vault = made(run).contracts.find(({ name }) => name === 'Vault')?.address as Hex;
  const deposit = [parseEther('250'), treasury] as const;
  await send(vault, encodeFunctionData({ abi, functionName: 'deposit', args: deposit }));
  const redeem = [parseEther('900'), treasury, treasury] as const;
  const failed = await send(
    vault,
    encodeFunctionData({ abi, functionName: 'redeem', args: redeem }),
  );
  return { vault, failed };
}

test('the pictures of the README', async ({ app, drydock, project }) => {
  const { page, main } = app;
  await mkdir(code);
  try {
    const { vault, failed } = await furnish(drydock, {
      vault: await place(await project('token-vault'), 'vault'),
      marketplace: await place(await project('pair-factory'), 'marketplace'),
    });
    const pages = {
      workspace: '/projects/2',
      overview: '/',
      contract: `/contracts/local/${vault}`,
      transaction: `/networks/local/transactions/${failed}`,
    };
    await page.setViewportSize({ width: 1440, height: 900 });
    await mkdir(images, { recursive: true });
    for (const theme of ['dark', 'light'] as const) {
      await drydock.client.settings.set({ theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      for (const [name, at] of Object.entries(pages)) {
        await app.go(at);
        await expect(main.getByRole('heading').first()).toBeVisible();
        await expect(main.getByRole('status', { name: 'Loading' })).toHaveCount(0);
        await page.mouse.move(720, 10);
        await page.screenshot({
          path: path.join(images, `${name}-${theme}.png`),
          animations: 'disabled',
        });
      }
    }
  } finally {
    await rm(code, { recursive: true, force: true });
  }
});
