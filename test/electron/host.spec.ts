import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findHost } from '#main/doors/host/discovery-file.ts';
import { expect, skipWithoutElectron, test } from './shell.ts';

skipWithoutElectron();

async function startHost(home: string): Promise<ChildProcess> {
  const host = spawn(process.execPath, [path.join('out', 'main', 'host.js'), '--port', '0'], {
    env: { ...process.env, DRYDOCK_HOME: home },
    stdio: 'ignore',
  });
  await expect.poll(async () => (await findHost(home))?.pid).toBe(host.pid);
  return host;
}

test('a window on a data folder that a host serves becomes its client, and takes over when it is killed', async ({
  launch,
  folder,
}) => {
  const home = path.join(folder, 'home');
  const host = await startHost(home);
  const shell = await launch(home);
  const { page } = shell;
  await expect(page.getByText('local', { exact: true }).first()).toBeVisible();
  expect((await findHost(home))?.pid).toBe(host.pid);

  /** Saves a network by the host that serves, and waits for the window to show it. */
  const shows = async (name: string) => {
    const { url, token } = (await findHost(home)) ?? {};
    const saved = await fetch(`${url}/api/networks/${name}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, kind: 'local', chainId: 31337 }),
    });
    expect(saved.status).toBe(200);
    await page.evaluate(() => history.pushState(null, '', '/networks'));
    await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
  };
  await shows('by-the-host');

  // The folder picker is this window's own, wherever the core is; so are errors of the host.
  const nowhere = path.join(folder, 'nowhere');
  await shell.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, nowhere);
  await page.getByRole('button', { name: 'Add project', exact: true }).click();
  const adding = page.getByRole('dialog', { name: 'Add project' });
  await adding.getByRole('button', { name: 'Choose…' }).click();
  await expect(adding.getByLabel('Folder')).toHaveValue(nowhere);
  await adding.getByRole('button', { name: 'Add project' }).click();
  await expect(adding.getByRole('alert')).toContainText('nowhere');
  await page.keyboard.press('Escape');
  await expect(adding).toBeHidden();

  host.kill('SIGKILL');
  await once(host, 'exit');
  const pid = await shell.evaluate(() => process.pid);
  await expect.poll(async () => (await findHost(home))?.pid).toBe(pid);
  await shows('by-the-window');
  expect(readFileSync(path.join(home, 'logs', 'drydock.log'), 'utf8')).toContain(
    'the host of this data folder has ended',
  );
});
