import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from './drydock.ts';

const root = path.resolve(import.meta.dirname, '../..');
const pictures = process.env.DRYDOCK_TEST_PICTURES;

const MEGABYTE = 1024 * 1024;

/** Drydock as a small installer brings it: without forge, cast and anvil, but with their hashes. */
async function makeSmallApp(folder: string): Promise<void> {
  for (const name of ['out', 'resources', 'package.json']) {
    await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  const modules = path.join(root, 'node_modules');
  await mkdir(path.join(folder, 'node_modules'));
  for (const name of await readdir(modules)) {
    if (name === '@foundry-rs') continue;
    await symlink(path.join(modules, name), path.join(folder, 'node_modules', name), 'junction');
  }
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8'));
  const left = (await readdir(path.join(modules, '@foundry-rs')))
    .filter((name) => name.includes('-'))
    .map((name) => `@foundry-rs/${name}`)
    .map((name) => ({ name, ...lock.packages[`node_modules/${name}`] }))
    .map(({ name, version, integrity }) => ({ name, version, integrity }));
  await writeFile(path.join(folder, 'resources', 'left-out-tools.json'), JSON.stringify(left));
}

/** A registry whose files have begun, and end only when told to, with other bytes than they should. */
async function slowRegistry() {
  const open = new Set<http.ServerResponse>();
  const server = http.createServer((_request, response) => {
    open.add(response);
    response.writeHead(200, { 'content-length': String(3 * MEGABYTE) });
    response.write(Buffer.alloc(2 * MEGABYTE, 1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    finish() {
      for (const response of open) response.end(Buffer.alloc(MEGABYTE, 1));
      open.clear();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const small = test.extend<{ registry: Awaited<ReturnType<typeof slowRegistry>> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  registry: async ({}, use) => {
    const registry = await slowRegistry();
    await use(registry);
    registry.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  program: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'drydock-small-'));
    await makeSmallApp(folder);
    await use([path.join(folder, 'out', 'main', 'host.js'), '--port', '0']);
    await rm(folder, { recursive: true, force: true });
  },
  variables: async ({ registry }, use) => {
    await use({ npm_config_registry: registry.url, PATH: '/usr/bin:/bin' });
  },
});

small(
  'what a small installer left out is downloaded in view, or tried again',
  async ({ app, page, registry }) => {
    await app.go('/');
    const banner = page.getByRole('status').filter({ hasText: 'Downloading' });
    await expect(banner).toContainText('forge');
    await expect(banner).toContainText('2.0 MiB of 3.0 MiB');
    if (pictures) await page.screenshot({ path: `${pictures}/download-banner.png` });
    registry.finish();
    const refused = page.getByText(/could not be downloaded.*was refused/);
    await expect(refused).toBeVisible();
    if (pictures) await page.screenshot({ path: `${pictures}/download-refused.png` });
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(banner).toContainText('2.0 MiB of 3.0 MiB');
  },
);
