import path from 'node:path';
import { encodeFunctionData, getAddress, parseAbi } from 'viem';
import { rpc } from '#main/eth/rpc.ts';
import { made } from '#test/harness/made.ts';
import { scriptProject } from '../harness/script-project.ts';
import { expect, test } from './drydock.ts';

/** A folder for pictures, for people to look at; none are taken without it. */
const pictures = process.env.DRYDOCK_TEST_PICTURES;

const POOL = `
contract Oracle {
  // Prices of tokens in USD, by their numbers.
  mapping(uint256 => uint256) prices;
  constructor() { prices[1] = 3128; prices[2] = 1; }
  function priceOf(uint256 token) external view returns (uint256) { return prices[token]; }
}
contract Pool {
  struct Market { uint256 debt; uint256 index; string name; }
  error TooMuch(address who, uint256 factor, uint256 least);
  event Borrowed(address indexed who, uint256 id, uint256 amount);
  Oracle oracle = new Oracle();
  mapping(uint256 => Market) markets;

  function borrow(uint256 id, uint256 amount, string calldata note) external payable {
    Market storage market = markets[id];
    uint256 before = market.debt;
    market.debt = before + amount;
    market.name = note;
    emit Borrowed(msg.sender, id, amount);
    uint256 factor = health(amount);
    uint256[] memory parts = new uint256[](2);
    parts[1] = factor;
    if (factor < 100) {
      revert TooMuch(msg.sender, factor, 100);
    }
  }

  function health(uint256 amount) internal view returns (uint256 factor) {
    uint256 first = oracle.priceOf(1);
    uint256 second = oracle.priceOf(2);
    factor = (first * 100) / (amount * second);
  }
}
`;
const abi = parseAbi(['function borrow(uint256 id, uint256 amount, string note) payable']);

test('a transaction is edited and sent anew, and its chain taken back to before it', async ({
  app,
  drydock,
}) => {
  const { main, page } = app;
  const body = 'vm.startBroadcast(); new Pool(); vm.stopBroadcast();';
  await using project = await scriptProject({ Deploy: body }, POOL);
  await drydock.client.projects.add({ path: project.folder, name: 'lending' });
  const run = await drydock.deploy('lending', 'script/Deploy.s.sol');
  const pool = made(run).contracts.find(({ name }) => name === 'Pool')?.address;
  const call = rpc(await drydock.rpcUrl());
  const [, from] = await call<string[]>('eth_accounts');
  const borrow = (amount: bigint, note: string) =>
    call<string>('eth_sendTransaction', [
      {
        ...{ from, to: pool, gas: '0x100000', value: '0x7' },
        data: encodeFunctionData({ abi, functionName: 'borrow', args: [1n, amount, note] }),
      },
    ]);
  await drydock.client.chains.snapshot({ chain: 'local', name: 'a pool' });
  const hash = await borrow(5000n, 'for a house');

  // Where it failed, with the values of each function and what each line took.
  await page.setViewportSize({ width: 1440, height: 900 });
  await app.go(`/networks/local/transactions/${hash}`);
  await expect(main.getByRole('alert', { name: 'Error' })).toContainText('TooMuch');
  const source = main.getByRole('region', { name: 'Source' });
  await expect(source.locator('[aria-current="step"]')).toContainText('revert TooMuch');
  const values = source.getByRole('region', { name: 'Arguments and locals' });
  for (const text of ['amountuint2565000', 'notestring calldatafor a house', 'factoruint25662']) {
    await expect(values).toContainText(text);
  }
  await expect(values).toContainText(/parts\s*uint256\[\] memory\s*\[0, 62\]/);
  await expect(source.locator('li', { hasText: 'uint256 before = ' })).toContainText('= 0');
  await expect(source.locator('li', { hasText: 'market.debt = before' })).toContainText(
    /^2\d,\d{3}/,
  );
  // Internal functions among the calls lead to their first line.
  const trace = main.getByRole('tree', { name: 'Trace' });
  await main.getByRole('button', { name: 'Show internal functions' }).click();
  await trace.getByRole('treeitem', { name: /Pool\.health/ }).click();
  await expect(source.locator('[aria-current="step"]')).toContainText(/health|uint256 first/);
  await expect(main.getByRole('region', { name: 'Chosen call' })).toContainText('Pool.health');
  await main.getByRole('button', { name: 'Hide internal functions' }).click();
  await expect(trace.getByRole('treeitem', { name: /Pool\.health/ })).toHaveCount(0);
  await page.keyboard.press('x');
  await expect(source.locator('[aria-current="step"]')).toContainText('revert TooMuch');
  if (pictures) {
    for (const theme of ['dark', 'light'] as const) {
      await drydock.client.settings.set({ theme });
      for (const [width, height] of [
        [1440, 900],
        [1280, 800],
        [1024, 700],
      ] as const) {
        await page.setViewportSize({ width, height });
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await page.screenshot({ path: path.join(pictures, `tx-${theme}-${width}.png`) });
        for (const tab of ['2', '4']) {
          await page.keyboard.press(tab);
          await expect(main.getByRole('table').last()).toBeVisible();
          await page.mouse.move(width / 2, height / 2);
          await page.mouse.wheel(0, 2000);
          await page.screenshot({ path: path.join(pictures, `tx-${theme}-${width}-${tab}.png`) });
          await page.mouse.wheel(0, -2000);
        }
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  await page.keyboard.press('4');
  const byLine = main.getByRole('table', { name: 'Gas by line' });
  await expect(byLine.getByRole('row').nth(1)).toContainText(/market\.(debt|name) =/);

  // Its form, as it was sent; sent anew with less.
  await page.keyboard.press('e');
  await expect(main.getByRole('heading', { name: 'Pool' })).toBeVisible();
  const write = main.getByRole('region', { name: 'Write' });
  await expect(write.getByLabel('From')).toHaveValue(getAddress(from ?? ''));
  await expect(write.getByLabel('note')).toHaveValue('for a house');
  await expect(write.getByLabel('id', { exact: true })).toHaveValue('1');
  await write.getByLabel('amount').fill('20');
  await write.getByRole('button', { name: /^Send/ }).click();
  await write.getByRole('link', { name: 'Open the transaction' }).click();
  await expect(main.getByRole('heading', { name: 'borrow on Pool' })).toBeVisible();
  await expect(main.getByText('Succeeded')).toBeVisible();

  // Back to before it: asked first, and the page says that it was taken back.
  await expect(main.getByRole('button', { name: 'Revert to before it' })).toBeEnabled();
  await page.keyboard.press('r');
  await expect(app.dialog).toContainText('“a pool”');
  await app.dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.dialog).toBeHidden();
  await page.keyboard.press('r');
  await app.dialog.getByRole('button', { name: 'Revert local' }).click();
  await expect(page.getByText('Back at “a pool”')).toBeVisible();
  await expect(main.getByText(/taken back/i).first()).toBeVisible();

  // One that is not mined tells where it waits, and can't be taken back.
  await call('evm_setAutomine', [false]);
  const waits = await borrow(10n, 'later');
  await app.go(`/networks/local/transactions/${waits}`);
  await expect(main.getByText('1 of 1 in the mempool')).toBeVisible();
  await expect(main.getByRole('button', { name: /Revert to before it/ })).toBeDisabled();
  if (pictures) await page.screenshot({ path: path.join(pictures, 'tx-waits.png') });
  await main.getByRole('button', { name: 'Mine a block' }).click();
  await expect(main.getByText('Succeeded')).toBeVisible();
  await app.go(`/networks/local/transactions/${await borrow(11n, 'never')}`);
  await main.getByRole('button', { name: 'Drop it' }).click();
  await expect(page.getByText('The transaction is dropped')).toBeVisible();
});
