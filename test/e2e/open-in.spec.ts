import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rpc } from '#main/eth/rpc.ts';
import { scriptProject } from '../harness/script-project.ts';
import { skipAloud } from '../harness/skip.ts';
import { type Drydock, expect, test } from './drydock.ts';

const reason =
  process.platform === 'linux' ? null : 'the stand-ins for programs are found as on Linux';
test.skip(skipAloud('opening projects in other programs', reason), reason ?? '');

// Programs in the PATH of whoever runs this are not to start.
test.use({ variables: { DISPLAY: ':9', PATH: path.dirname(process.execPath), VISUAL: '' } });

/** Programs of the user that note their arguments, one a line. */
async function programs(drydock: Drydock, ...names: string[]) {
  const bin = path.join(path.dirname(drydock.home), 'user', '.local', 'bin');
  await mkdir(bin, { recursive: true });
  for (const name of names) {
    const file = path.join(bin, name);
    await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$@" > "$0.started"\n`);
    await chmod(file, 0o755);
  }
  return (name: string) => async () =>
    (await readFile(path.join(bin, `${name}.started`), 'utf8').catch(() => '')).split('\n');
}

test('a project opens elsewhere from its page, the palette and the command line', async ({
  app,
  drydock,
  project,
}) => {
  const { main, page } = app;
  const started = await programs(drydock, 'code', 'zed', 'konsole', 'xdg-open');
  const { folder } = await project('token-vault');
  const { id } = await drydock.client.projects.add({ path: folder, name: 'vault' });

  await app.go(`/projects/${id}`);
  const open = async (item: string) => {
    await main.getByRole('button', { name: 'Open in', exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await open('Open in VS Code');
  await expect.poll(started('code')).toEqual([folder, '']);
  await open('Open in Konsole');
  await expect.poll(started('konsole')).toEqual(['--workdir', folder, '']);
  await open('Show in File manager');
  await expect.poll(started('xdg-open')).toEqual([folder, '']);

  await app.go('/settings');
  await main.getByRole('combobox', { name: 'Editor' }).click();
  await page.getByRole('option', { name: 'Zed' }).click();
  const shown = await drydock.run('open', 'vault', 'src/Vault.sol:12');
  expect(shown.stdout).toContain('Vault.sol in Zed');
  expect(await started('zed')()).toEqual([
    folder,
    `${path.join(folder, 'src/Vault.sol')}:12:1`,
    '',
  ]);

  const outside = await drydock.run('open', 'vault', '../../etc/passwd');
  expect(outside.code).toBe(2);
  expect(outside.stderr).toContain('The project has no file');
  const { status } = await fetch(`${drydock.host.url}/api/projects/vault/open-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(status).toBe(401);
});

/** Passes where both are tried at one time, and fails where each is mined in a block of its own. */
const GATE = `
contract Gate {
  uint256 immutable made = block.timestamp;
  uint256 public entered;
  function enter() external {
    entered += 1;
    require(block.timestamp == made, "late");
  }
}
`;

test('the line that a run failed at opens in the editor', async ({ app, drydock }) => {
  const { main } = app;
  const started = await programs(drydock, 'cursor');
  const body = 'vm.startBroadcast(); Gate gate = new Gate(); gate.enter(); vm.stopBroadcast();';
  await using gates = await scriptProject({ Deploy: body }, GATE);
  await drydock.client.chains.start({ chain: 'local' });
  await rpc(await drydock.rpcUrl())('anvil_setBlockTimestampInterval', [10]);
  await drydock.client.projects.add({ path: gates.folder, name: 'gates' });
  const run = await drydock.deploy('gates', 'script/Deploy.s.sol');

  await app.go(`/deployments/${run.id}`);
  const button = /^Open src\/Vm\.sol:\d+ in Cursor$/;
  const place = [gates.folder, '--goto', expect.stringMatching(/src\/Vm\.sol:\d+:\d+$/), ''];
  await main.getByRole('button', { name: button }).click();
  await expect.poll(started('cursor')).toEqual(place);
  await main.getByRole('link', { name: /^Failed at src\/Vm\.sol/ }).click();
  const source = main.getByRole('region', { name: 'Source' });
  await expect(source.getByRole('button', { name: button })).toBeVisible();
});
