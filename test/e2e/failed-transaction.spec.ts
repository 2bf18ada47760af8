import { rpc } from '#main/eth/rpc.ts';
import { scriptProject } from '../harness/script-project.ts';
import { expect, test } from './drydock.ts';

/** Passes where both are tried at one time, and fails where each is mined in a block of its own. */
const GATE = `
contract Gate {
  error Late(uint256 made, uint256 now_);
  uint256 immutable made = block.timestamp;
  uint256 public entered;
  function enter(uint256 by) external {
    entered += by;
    check(block.timestamp);
  }
  function check(uint256 at) internal view {
    if (at != made) revert Late(made, at);
  }
}
`;

test('from the card of a failed run to the line of source, and back from there', async ({
  app,
  drydock,
}) => {
  const { main, page } = app;
  const body = 'vm.startBroadcast(); Gate gate = new Gate(); gate.enter(3); vm.stopBroadcast();';
  await using project = await scriptProject({ Deploy: body }, GATE);
  await drydock.client.chains.start({ chain: 'local' });
  await rpc(await drydock.rpcUrl())('anvil_setBlockTimestampInterval', [10]);
  await drydock.client.projects.add({ path: project.folder, name: 'gates' });
  const run = await drydock.deploy('gates', 'script/Deploy.s.sol');
  expect(run.status).toBe('failed');

  await app.go(`/deployments/${run.id}`);
  const where = main.getByRole('link', { name: /^Failed at src\/Vm\.sol:\d+$/ });
  await expect(where).toContainText('revert Late(made, at)');
  await where.click();
  await expect(main.getByRole('heading', { name: 'enter on Gate' })).toBeVisible();
  await expect(main.getByRole('alert', { name: 'Error' })).toContainText('Late');

  const source = main.getByRole('region', { name: 'Source' });
  const line = source.locator('[aria-current="step"]');
  await expect(line).toContainText('revert Late(made, at)');
  await expect(source.getByRole('region', { name: 'Arguments and locals' })).toContainText(
    /at\s*uint256\s*\d+/,
  );
  await expect(source.getByRole('region', { name: 'Call stack' })).toContainText('Gate.enter');
  await page.keyboard.press('ArrowLeft');
  await expect(line).toContainText('check(block.timestamp)');
  await page.keyboard.press('ArrowLeft');
  await expect(line).toContainText('entered += by');
  await page.keyboard.press('x');
  await expect(line).toContainText('revert Late(made, at)');

  // What it had changed until then, by the name that the compiler tells.
  await page.keyboard.press('2');
  const changes = main.getByRole('table', { name: 'State changes' });
  await expect(changes).toContainText('nonce');
  await expect(main.getByText('Undone by the revert')).toBeVisible();
});
