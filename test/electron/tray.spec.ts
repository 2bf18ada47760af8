import { readFileSync } from 'node:fs';
import path from 'node:path';
import type Electron from 'electron';
import { expect, type Shell, skipWithoutElectron, test } from './shell.ts';

skipWithoutElectron();

async function call(shell: Shell, method: string, address: string) {
  const { url, token } = JSON.parse(
    readFileSync(path.join(shell.home, 'run', 'host.json'), 'utf8'),
  );
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = method === 'POST' ? '{}' : undefined;
  const response = await fetch(`${url}/api${address}`, { method, headers, body });
  expect(response.status).toBe(200);
  return response.json();
}

interface Shown {
  tip: string;
  menu: { items: { label: string; submenu?: Shown['menu']; click(): void }[] };
}

test('the tray shows a chain, takes a snapshot of it, and reverts after a question', async ({
  shell,
  variant,
}) => {
  test.skip(variant === 'electron', 'the real one keeps its tray to itself');
  const labels = () =>
    shell.evaluate(({ Tray }) => {
      const shown = (Tray as unknown as { shown: Shown[] }).shown;
      return shown.flatMap(({ menu }) => menu.items.map(({ label }) => label));
    });
  const click = (chain: string, item: string) =>
    shell.evaluate(
      ({ Tray }, [of, label]) => {
        const [tray] = (Tray as unknown as { shown: Shown[] }).shown;
        const found = tray?.menu.items.find((one) => one.label.startsWith(`${of} –`));
        found?.submenu?.items.find((one) => one.label === label)?.click();
      },
      [chain, item],
    );
  await expect.poll(labels).toContain('local – stopped');
  await call(shell, 'POST', '/chains/local/start');
  await expect.poll(labels).toContain('local – block 0');

  const snapshots = async () => (await call(shell, 'GET', '/chains/local/snapshots')).length;
  const before = await snapshots();
  await click('local', 'Take a snapshot');
  await expect.poll(snapshots).toBe(before + 1);

  await shell.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked, failed: [], answer: 1 });
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push((args.at(-1) as Electron.MessageBoxOptions).message);
      return { response: Reflect.get(globalThis, 'answer') as number, checkboxChecked: false };
    };
    dialog.showErrorBox = (title) => void Reflect.get(globalThis, 'failed').push(title);
  });
  const told = () =>
    shell.evaluate(() => ({
      asked: Reflect.get(globalThis, 'asked') as string[],
      failed: Reflect.get(globalThis, 'failed') as string[],
    }));
  const question = 'Revert local to where its last deployment started?';
  await click('local', 'Revert…');
  await expect.poll(told).toEqual({ asked: [question], failed: [] });
  // Nothing was deployed: what can't be done is said.
  await shell.evaluate(() => Object.assign(globalThis, { answer: 0 }).answer);
  await click('local', 'Revert…');
  await expect
    .poll(told)
    .toEqual({ asked: [question, question], failed: ['local was not reverted'] });
  await call(shell, 'POST', '/chains/local/stop');
  await expect.poll(labels).toContain('local – stopped');
});
