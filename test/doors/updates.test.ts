import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import http, { type ClientRequest, type RequestOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  configureRequestOptions,
  configureRequestUrl,
  type DownloadOptions,
  HttpExecutor,
} from 'builder-util-runtime';
import { AppImageUpdater, type AppUpdater } from 'electron-updater';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { pino } from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import { FeedUpdater } from '#main/doors/electron/feed-updater.ts';
import { isSigned, signatureOf } from '#main/doors/electron/signed-update.ts';
import { UpdatesService } from '#main/features/updates/service.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { smallDisk, whyNoMount } from '#test/harness/small-disk.ts';

/** Installed as one file, which an update replaces. */
const onLinux = test.runIf(process.platform === 'linux' && process.arch === 'x64');
const ours = generateKeyPairSync('ed25519');
const cleanups: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** As electron-updater's own, which asks by Electron's network. */
class NodeExecutor extends HttpExecutor<ClientRequest> {
  createRequest(options: RequestOptions, callback: (response: never) => void): ClientRequest {
    return http.request({ ...options, agent: false }, callback as never);
  }

  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const request = { headers: options.headers ?? undefined };
      configureRequestUrl(url, request);
      configureRequestOptions(request);
      const callback = (error: Error | null) => (error ? reject(error) : resolve(destination));
      this.doDownload(
        request,
        { destination, options, onCancel, callback, responseHandler: null },
        0,
      );
    });
  }
}

/** As electron-updater's own, which tells Electron first. */
class NodeUpdater extends AppImageUpdater {
  override quitAndInstall(isSilent?: boolean, isForceRunAfter?: boolean): void {
    if (this.install(isSilent, isForceRunAfter)) this.app.quit();
  }
}

/** What runs when an update is installed: it says that it does. */
const program = (version: string, said: string) => `#!/bin/sh\necho ${version} > "${said}"\n`;

interface Release {
  channel?: 'latest' | 'beta';
  version: string;
  key?: KeyObject;
  /** What the server sends instead of what was signed. */
  sends?: string;
  /** Bytes that make it larger. */
  padding?: number;
  /** The feed as it is sent, instead of as it was signed. */
  tell?: (feed: Record<string, unknown>) => unknown;
}

/** An installed app of version 1.2.0, and a server of its releases. */
async function installed({ cache = undefined as string | undefined } = {}) {
  const folder = await temporaryFolder();
  cleanups.push(() => folder[Symbol.asyncDispose]());
  const file = (name: string) => path.join(folder.path, name);
  const said = file('said');
  const appImage = file('drydock.AppImage');
  await writeFile(appImage, program('1.2.0', said));
  await chmod(appImage, 0o755);
  vi.stubEnv('APPIMAGE', appImage);
  cleanups.push(async () => void vi.unstubAllEnvs());

  const served = new Map<string, string>();
  const server = http.createServer((request, response) => {
    const text = served.get(new URL(request.url ?? '/', 'http://x').pathname);
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  await writeFile(file('app-update.yml'), `provider: generic\nurl: ${url}\n`);
  let hasQuit = false;
  /** Before the new version has started. */
  let hasLetGo = false;
  const adapter = {
    ...{
      version: '1.2.0',
      name: 'drydock',
      isPackaged: true,
      appUpdateConfigPath: file('app-update.yml'),
    },
    ...{ userDataPath: file('data'), baseCachePath: cache ?? file('cache') },
    whenReady: async () => undefined,
    relaunch: () => undefined,
    quit: () => {
      hasQuit = true;
    },
    onQuit: () => undefined,
  };
  const updater: AppUpdater = new NodeUpdater(null, adapter);
  Object.assign(updater, { httpExecutor: new NodeExecutor() });
  updater.setFeedURL({ provider: 'generic', url });
  updater.logger = null;

  function release(what: Release): void {
    const { channel = 'latest', version, key, sends, tell, padding = 0 } = what;
    const made = `${program(version, said)}exit 0\n${'#'.repeat(padding)}`;
    const name = `drydock-${version}.AppImage`;
    const sha512 = createHash('sha512').update(made).digest('base64');
    const feed = {
      ...{ version, path: name, sha512, releaseDate: '2026-01-01T00:00:00.000Z' },
      files: [{ url: name, sha512, size: made.length }],
      releaseNotes: `What is new in ${version}`,
    };
    const signed = { ...feed, signature: signatureOf(feed, key ?? ours.privateKey) };
    // JSON is YAML.
    served.set(`/${channel}-linux.yml`, JSON.stringify(tell ? tell(signed) : signed));
    served.set(`/${name}`, sends ?? made);
  }

  return {
    ...{ appImage, said, served, server, release },
    updater: new FeedUpdater(updater, ours.publicKey, () => {
      hasLetGo = !existsSync(said);
    }),
    hasQuit: () => hasQuit,
    hasLetGo: () => hasLetGo,
  };
}

onLinux('a newer version is downloaded, takes the place of the app, and starts', async () => {
  const app = await installed();
  app.release({ version: '1.3.0' });
  expect(await app.updater.check('latest')).toEqual({
    version: '1.3.0',
    notes: 'What is new in 1.3.0',
  });
  const parts: number[] = [];
  await app.updater.download((part) => parts.push(part));
  expect(await readFile(app.appImage, 'utf8')).toContain('1.2.0');
  app.updater.install();
  await vi.waitFor(async () => expect(await readFile(app.said, 'utf8')).toBe('1.3.0\n'));
  expect(await readFile(app.appImage, 'utf8')).toContain('1.3.0');
  expect(app.hasQuit()).toBe(true);
  expect(app.hasLetGo()).toBe(true);
  for (const part of parts) expect(part).toBeLessThanOrEqual(1);
});

onLinux('what is not what was signed is not kept', async () => {
  const app = await installed();
  app.release({ version: '1.3.0', sends: program('6.6.6', app.said) });
  await app.updater.check('latest');
  await expect(app.updater.download(() => undefined)).rejects.toThrow(/downloaded: .*sha512/);
  expect(await readFile(app.appImage, 'utf8')).toContain('1.2.0');
});

onLinux(
  'a download that is cut off leaves nothing that is taken for whole, and begins anew',
  async () => {
    const app = await installed();
    app.release({ version: '1.3.0' });
    const name = '/drydock-1.3.0.AppImage';
    const sent = app.served.get(name) as string;
    // A file that isn't whole in the folder of downloads.
    app.served.set(name, sent.slice(0, 9));
    await app.updater.check('latest');
    await expect(app.updater.download(() => undefined)).rejects.toThrow(/can't be downloaded/);
    app.served.set(name, sent);
    await app.updater.check('latest');
    await app.updater.download(() => undefined);
    app.updater.install();
    await vi.waitFor(async () => expect(await readFile(app.said, 'utf8')).toBe('1.3.0\n'));
  },
);

test.skipIf(skipAloud('a full disk for updates', whyNoMount()))(
  'on a full disk the app stays as it is, and is updated once there is room',
  async () => {
    using small = smallDisk(2);
    const app = await installed({ cache: small.path });
    app.release({ version: '1.3.0', padding: 1_000_000 });
    small.fill();
    await app.updater.check('latest');
    await expect(app.updater.download(() => undefined)).rejects.toThrow(/ENOSPC/);
    expect(await readFile(app.appImage, 'utf8')).toContain('1.2.0');
    small.free();
    await app.updater.check('latest');
    await app.updater.download(() => undefined);
    app.updater.install();
    await vi.waitFor(async () => expect(await readFile(app.said, 'utf8')).toBe('1.3.0\n'));
  },
);

onLinux('what waits and is not the newest is replaced before it is installed', async () => {
  const app = await installed();
  const service = new UpdatesService({
    ...{ updater: app.updater, current: '1.2.0' },
    settings: () => ({ updates: 'on', updateChannel: 'latest' }),
    ...{ deployment: () => undefined, holdDeployments: () => undefined },
    ...{ letDeploymentsGo: () => undefined, changed: () => undefined, mask: (text) => text },
    logger: pino({ level: 'silent' }),
  });
  app.release({ version: '1.3.0' });
  expect(await service.check()).toMatchObject({ state: 'ready', version: '1.3.0' });
  app.release({ version: '1.4.0' });
  expect(await service.install()).toMatchObject({ version: '1.4.0' });
  await vi.waitFor(async () => expect(await readFile(app.said, 'utf8')).toBe('1.4.0\n'));
});

const stranger = generateKeyPairSync('ed25519').privateKey;

onLinux.each<[string, Release]>([
  ['by nobody', { version: '1.3.0', tell: ({ signature: _, ...feed }) => feed }],
  ['by somebody else', { version: '1.3.0', key: stranger }],
  ['for another version', { version: '1.2.5', tell: (feed) => ({ ...feed, version: '1.3.0' }) }],
  ['with other notes', { version: '1.3.0', tell: (feed) => ({ ...feed, releaseNotes: 'x' }) }],
  [
    'for another file',
    {
      version: '1.3.0',
      tell: (feed) => ({ ...feed, files: [{ url: 'x.AppImage', sha512: 'AAAA', size: 1 }] }),
    },
  ],
  [
    'with a key that is no base64',
    { version: '1.3.0', tell: (feed) => ({ ...feed, signature: '?' }) },
  ],
])('a feed that is signed %s is refused', async (_, release) => {
  const app = await installed();
  app.release(release);
  await expect(app.updater.check('latest')).rejects.toThrow(
    'Version 1.3.0 is not signed by who releases Drydock, and was refused.',
  );
});

onLinux('an older version and this one are none, though they are signed', async () => {
  const app = await installed();
  for (const version of ['1.1.9', '1.2.0', '1.2.0-beta.3']) {
    app.release({ version });
    expect(await app.updater.check('latest'), version).toBeNull();
    app.release({ version, channel: 'beta' });
    expect(await app.updater.check('beta'), version).toBeNull();
  }
});

onLinux('each channel has its own versions', async () => {
  const app = await installed();
  app.release({ version: '1.3.0' });
  app.release({ version: '1.4.0-beta.1', channel: 'beta' });
  expect(await app.updater.check('latest')).toMatchObject({ version: '1.3.0' });
  expect(await app.updater.check('beta')).toMatchObject({ version: '1.4.0-beta.1' });
});

onLinux('a feed that can’t be read is said so in one line', async () => {
  const app = await installed();
  await expect(app.updater.check('latest')).rejects.toThrow(
    /^The feed of updates can't be read: .*404/,
  );
  app.served.set('/latest-linux.yml', '<html>{{{');
  await expect(app.updater.check('latest')).rejects.toThrow(/^The feed of updates can't be read: /);
  app.server.close();
  app.server.closeAllConnections();
  const failed = await app.updater.check('latest').catch((error: Error) => error);
  expect(String(failed)).toMatch(/ECONNREFUSED/);
  expect(String(failed).split('\n')).toHaveLength(1);
});

test('feeds are signed beside the installers, once', async () => {
  await using folder = await temporaryFolder();
  const file = path.join(folder.path, 'latest-linux.yml');
  const feed = `version: 1.3.0
files:
  - url: drydock-1.3.0.AppImage
    sha512: ${Buffer.alloc(64, 1).toString('base64')}
    size: 12
path: drydock-1.3.0.AppImage
releaseDate: '2026-01-01T00:00:00.000Z'
`;
  await writeFile(file, feed);
  const signs = (env: Record<string, string>) =>
    promisify(execFile)(
      process.execPath,
      [path.join(appRoot(), 'build', 'sign-feed.mjs'), folder.path],
      { env: { ...process.env, ...env } },
    );
  expect((await signs({ DRYDOCK_UPDATE_KEY: '' })).stderr).toContain('not signed');
  expect(await readFile(file, 'utf8')).toBe(feed);
  const pem = ours.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  for (let time = 0; time < 2; time++) {
    expect((await signs({ DRYDOCK_UPDATE_KEY: pem })).stderr).toContain(
      'latest-linux.yml is signed',
    );
  }
  const text = await readFile(file, 'utf8');
  expect(text.match(/^signature: /gm)).toHaveLength(1);
  const parsed = parseUpdateInfo(text, 'latest-linux.yml', new URL('http://localhost/'));
  expect(isSigned(parsed, ours.publicKey)).toBe(true);
  // Otherwise GitHub's own would be taken, and no longer be what was signed.
  expect(parsed.releaseNotes).toBe('');
  expect(isSigned(parsed, generateKeyPairSync('ed25519').publicKey)).toBe(false);
});
