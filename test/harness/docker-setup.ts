import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { containersOf } from '#main/engines/docker/containers.ts';
import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import { stopPrivateDaemon } from './docker-daemon.ts';
import { RUN_FOLDER } from './docker-run.ts';

/** One daemon for all test files of a run: the first that asks starts it, we stop it at the end. */
export default function setUp(): () => Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'drydock-docker-'));
  process.env[RUN_FOLDER] = folder;
  return async () => {
    await removeTestLeftovers();
    await stopPrivateDaemon(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** Of tests on the machine's own daemon: what belongs to data folders that they have deleted. */
async function removeTestLeftovers(): Promise<void> {
  const daemon = new DockerDaemon({ dockerHost: () => '', changed: () => undefined });
  if (!(await daemon.look())) return;
  const containers = containersOf(daemon);
  const isLeft = (one: { here: boolean; dataFolder: string }) =>
    one.here && !existsSync(one.dataFolder);
  for (const one of (await containers.list()).filter(isLeft)) await containers.remove(one.id);
  for (const one of (await containers.volumes()).filter(isLeft)) {
    await containers.removeVolume(one.name);
  }
}
