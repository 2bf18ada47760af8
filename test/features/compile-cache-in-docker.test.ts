import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTestApp } from '#test/harness/app.ts';
import { removeAll, testDocker } from '#test/harness/docker.ts';
import { openDoor } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { skipAloud } from '#test/harness/skip.ts';

const docker = await testDocker();

describe.skipIf(skipAloud('the compile cache in Docker', docker.missing))('in Docker', () => {
  test('what was cleaned away is put back for the container, which can write over it', async () => {
    process.env.DRYDOCK_ENGINE = 'docker';
    process.env.DOCKER_HOST = docker.host;
    await using core = await openTestApp();
    await using fixture = await copyFixture('token-vault', { git: true });
    // Somebody else's than ours, where we may do that: its containers run as that user.
    if (process.getuid?.() === 0) execFileSync('chown', ['-R', '1000:1000', fixture.folder]);
    const { client } = await openDoor('in-process', core.app);
    const { id: project } = await client.projects.add({ path: fixture.folder });
    const ended = async () => {
      const { id } = await client.deployments.start({ project, target: 'local' });
      for await (const _ of await client.deployments.watch({ id })) {
        // Only its end matters.
      }
      return client.deployments.get({ id });
    };
    const compiled = async () => {
      const { failure, phases } = await ended();
      expect(failure).toBeNull();
      return phases.find((phase) => phase.id === 'compile')?.status;
    };
    const clean = () => {
      for (const name of ['out', 'cache']) {
        rmSync(path.join(fixture.folder, name), { recursive: true, force: true });
      }
    };
    const kept = (entries: number) =>
      expect.poll(async () => (await client.compileCache.status()).entries).toBe(entries);
    try {
      expect(await compiled()).toBe('done');
      await kept(1);
      clean();
      expect(await compiled()).toBe('skipped');
      const owner = statSync(fixture.folder).uid;
      for (const name of ['out', 'out/Token.sol', 'out/Token.sol/Token.json', 'cache']) {
        expect(statSync(path.join(fixture.folder, name)).uid, name).toBe(owner);
      }
      expect(await compiled()).toBe('skipped');

      // The container can't write there, and can have nothing written there either.
      clean();
      const outside = mkdtempSync(path.join(os.tmpdir(), 'drydock-outside-'));
      symlinkSync(outside, path.join(fixture.folder, 'out'));
      await ended();
      expect(readdirSync(outside)).toEqual([]);
      rmSync(path.join(fixture.folder, 'out'));

      // Made in an image, it is nothing for the tools of this machine.
      await compiled();
      await kept(1);
      clean();
      await client.projects.setEngine({ project, engine: 'process' });
      await client.chains.stop({ chain: 'local' });
      process.env.DRYDOCK_ENGINE = 'process';
      expect(await compiled()).toBe('done');
      await kept(2);
    } finally {
      await client.chains.stop({ chain: 'local' });
      await removeAll(docker.host, core.home);
    }
  }, 240_000);
});
