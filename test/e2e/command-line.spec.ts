import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from './drydock.ts';

test('what a command does is on the page at once', async ({ app, drydock, project }) => {
  const { folder } = await project('broken');
  const done = async (...args: string[]) => {
    const { code, stdout, stderr } = await drydock.run(...args, '--json');
    expect(code, stderr).toBe(0);
    return stdout;
  };

  await expect(app.main.getByRole('list', { name: 'First steps' })).toBeVisible();
  await done('project', 'add', folder, '--name', 'gates');
  await app.sidebar.getByRole('link', { name: /gates/ }).click();
  await expect(app.deployButton).toBeVisible();

  await done('chain', 'start', 'local');
  await expect(app.chain.getByRole('button', { name: 'Stop local' })).toBeVisible();
  await done('chain', 'mine', 'local', '3').catch(() => done('chain', 'mine', '3'));
  await expect(app.chain.getByRole('term').filter({ hasText: 'Block' })).toBeVisible();

  const lines = (
    await done(
      'deploy',
      'gates',
      '--network',
      'local',
      '--script',
      'script/Many.s.sol',
      '--sig',
      'run(uint256)',
      '--arg',
      '2',
    )
  )
    .trimEnd()
    .split('\n');
  const run = JSON.parse(lines.at(-1) ?? '');
  expect(run).toMatchObject({ number: 1, status: 'succeeded' });
  await expect(app.headline).toHaveText('Deployed 2 contracts');
  expect((await app.addresses()).toSorted()).toEqual(
    run.result.contracts.map(({ address }: { address: string }) => address).toSorted(),
  );

  const { name } = JSON.parse(await done('chain', 'snapshot', 'local'));
  await expect(app.snapshot(name)).toBeVisible();
  await done('chain', 'fund', 'local', `0x${'5'.repeat(40)}`, '1.5');
  const { accounts } = JSON.parse(await done('chain', 'diff', 'local', name));
  const funded = { before: '0', after: '1500000000000000000' };
  expect(accounts).toMatchObject([{ address: `0x${'5'.repeat(40)}`, balance: funded, slots: [] }]);
  const text = await drydock.run('chain', 'diff', 'local', name, 'now');
  expect(stripVTControlCharacters(text.stdout)).toContain('balance 0 ETH → 1.5 ETH');
  const file = path.join(drydock.home, 'state.t.sol');
  await done('chain', 'diff', 'local', name, '--as', 'solidity', '--out', file);
  expect(await readFile(file, 'utf8')).toContain('.balance, 1500000000000000000, "balance");');
  await done('project', 'remove', 'gates');
  await expect(app.main.getByText('This project isn’t in Drydock any more')).toBeVisible();
  // The command ended; the host that it used, and its chain, are still there.
  expect((await drydock.client.chains.get({ chain: 'local' })).status).toBe('running');
});
