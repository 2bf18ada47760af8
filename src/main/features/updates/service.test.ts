import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import type { FoundUpdate, Updater } from '../../shared/updater.ts';
import { UpdatesService } from './service.ts';

const newer: FoundUpdate = { version: '2.0.0', notes: 'Faster.' };

function opened({ found = newer as FoundUpdate | null, updater = true } = {}) {
  const download = Promise.withResolvers<void>();
  let offered = found;
  let unreachable: Error | undefined;
  let held = false;
  const calls: string[] = [];
  let deployment: string | undefined;
  const real: Updater = {
    async check(channel) {
      calls.push(`check ${channel}`);
      if (unreachable) throw unreachable;
      return offered;
    },
    async download(progress) {
      calls.push('download');
      progress(0.5);
      await download.promise;
    },
    install: () => void calls.push('install'),
  };
  const service = new UpdatesService({
    ...{ updater: updater ? real : null, current: '1.0.0' },
    settings: () => ({ updates: 'on', updateChannel: 'beta' }),
    deployment: () => deployment,
    holdDeployments: () => {
      held = deployment === undefined;
      return deployment;
    },
    letDeploymentsGo: () => {
      held = false;
    },
    changed: () => undefined,
    mask: (text) => text.replace('hunter2', '•••'),
    logger: pino({ level: 'silent' }),
  });
  const deploy = (name: string | undefined) => {
    deployment = name;
  };
  return {
    ...{ service, calls, download, deploy },
    isHeld: () => held,
    offer: (update: FoundUpdate | null) => {
      offered = update;
    },
    cutOff: (error: Error) => {
      unreachable = error;
    },
  };
}

test('a newer version is downloaded, and installed when the user says so', async () => {
  const { service, calls, download, isHeld } = opened();
  const checked = service.check();
  await vi.waitFor(() =>
    expect(service.status()).toMatchObject({
      ...{ state: 'downloading', version: '2.0.0', notes: 'Faster.', progress: 0.5 },
    }),
  );
  await expect(service.install()).rejects.toMatchObject({ code: 'UPDATE_NOT_READY' });
  download.resolve();
  expect(await checked).toMatchObject({ state: 'ready', progress: null, problem: null });
  // It stays what it is.
  expect(await service.check()).toMatchObject({ state: 'ready' });
  expect(isHeld()).toBe(false);
  await service.install();
  expect(isHeld()).toBe(true);
  expect(calls).toEqual(['check beta', 'download', 'check beta', 'check beta', 'install']);
});

test('nothing is downloaded or installed beside a deployment', async () => {
  const { service, calls, download, deploy } = opened();
  download.resolve();
  deploy('vault #3');
  expect(await service.check()).toMatchObject({ state: 'waiting', version: '2.0.0' });
  expect(calls).toEqual(['check beta']);
  deploy(undefined);
  service.deploymentEnded();
  await vi.waitFor(() => expect(service.status().state).toBe('ready'));
  deploy('vault #4');
  await expect(service.install()).rejects.toMatchObject({
    code: 'DEPLOYMENT_RUNNING',
    message: expect.stringContaining('vault #4 is queued or running'),
  });
  expect(calls).not.toContain('install');
});

test('a deployment that begins during a download lets it go on, and keeps it from being installed', async () => {
  const { service, calls, download, deploy } = opened();
  const checked = service.check();
  await vi.waitFor(() => expect(service.status().state).toBe('downloading'));
  deploy('vault #5');
  download.resolve();
  expect(await checked).toMatchObject({ state: 'ready', version: '2.0.0' });
  await expect(service.install()).rejects.toMatchObject({ code: 'DEPLOYMENT_RUNNING' });
  deploy(undefined);
  await service.install();
  expect(calls.at(-1)).toBe('install');
});

test('a deployment that begins between the look and the installation stops it', async () => {
  const { service, calls, download, deploy, isHeld } = opened();
  download.resolve();
  await service.check();
  const installed = service.install();
  deploy('vault #6');
  await expect(installed).rejects.toMatchObject({ code: 'DEPLOYMENT_RUNNING' });
  expect(calls).not.toContain('install');
  expect(isHeld()).toBe(false);
});

test('what waits and is not the newest is replaced before it is installed', async () => {
  const { service, calls, download, offer } = opened();
  download.resolve();
  await service.check();
  offer({ version: '2.1.0', notes: null });
  expect(await service.install()).toMatchObject({ version: '2.1.0' });
  expect(calls).toEqual(['check beta', 'download', 'check beta', 'download', 'install']);
});

test('what is no longer offered is not installed, and without a network what is there is', async () => {
  const gone = opened();
  gone.download.resolve();
  await gone.service.check();
  gone.offer(null);
  await expect(gone.service.install()).rejects.toMatchObject({ code: 'UPDATE_NOT_READY' });
  expect(gone.service.status()).toMatchObject({ state: 'none', version: null });

  const offline = opened();
  offline.download.resolve();
  await offline.service.check();
  offline.cutOff(new Error('nothing listens there'));
  await offline.service.install();
  expect(offline.calls.at(-1)).toBe('install');
  expect(offline.service.status()).toMatchObject({ state: 'ready', version: '2.0.0' });
});

test('two that look at once look once', async () => {
  const { service, calls } = opened({ found: null });
  await Promise.all([service.check(), service.check()]);
  expect(calls).toEqual(['check beta']);
  expect(service.status()).toMatchObject({ state: 'none', checkedAt: expect.any(Number) });
});

test('a download that fails is said so without secrets, and begins anew', async () => {
  const { service, calls, download } = opened();
  download.reject(new Error('https://u:hunter2@feed is gone'));
  expect(await service.check()).toMatchObject({
    ...{ state: 'none', version: null, problem: 'https://u:•••@feed is gone' },
  });
  await service.check();
  expect(calls).toEqual(['check beta', 'download', 'check beta', 'download']);
});

test('a Drydock that is not the installed app says so', async () => {
  const { service } = opened({ updater: false });
  expect(service.status()).toMatchObject({ supported: false, current: '1.0.0' });
  await expect(service.check()).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  await expect(service.install()).rejects.toMatchObject({ code: 'UNSUPPORTED' });
});
