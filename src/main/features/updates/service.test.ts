import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import type { FoundUpdate, Updater } from '../../shared/updater.ts';
import { UpdatesService } from './service.ts';

const newer: FoundUpdate = { version: '2.0.0', notes: 'Faster.' };

function opened({ found = newer as FoundUpdate | null, updater = true } = {}) {
  const download = Promise.withResolvers<void>();
  const calls: string[] = [];
  let deployment: string | undefined;
  const real: Updater = {
    async check(channel) {
      calls.push(`check ${channel}`);
      return found;
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
    changed: () => undefined,
    mask: (text) => text.replace('hunter2', '•••'),
    logger: pino({ level: 'silent' }),
  });
  const deploy = (name: string | undefined) => {
    deployment = name;
  };
  return { service, calls, download, deploy };
}

test('a newer version is downloaded, and installed when the user says so', async () => {
  const { service, calls, download } = opened();
  const checked = service.check();
  await vi.waitFor(() =>
    expect(service.status()).toMatchObject({
      ...{ state: 'downloading', version: '2.0.0', notes: 'Faster.', progress: 0.5 },
    }),
  );
  expect(() => service.install()).toThrow(expect.objectContaining({ code: 'UPDATE_NOT_READY' }));
  download.resolve();
  expect(await checked).toMatchObject({ state: 'ready', progress: null, problem: null });
  // It stays what it is.
  expect(await service.check()).toMatchObject({ state: 'ready' });
  service.install();
  expect(calls).toEqual(['check beta', 'download', 'install']);
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
  expect(() => service.install()).toThrow(
    expect.objectContaining({
      code: 'DEPLOYMENT_RUNNING',
      message: expect.stringContaining('vault #4 is queued or running'),
    }),
  );
  expect(calls).not.toContain('install');
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
  expect(() => service.install()).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }));
});
