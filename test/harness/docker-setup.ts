import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import { findLeftovers, removeLeftovers } from '#main/engines/docker/leftovers.ts';
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
  const found = await daemon.look();
  if (found) await removeLeftovers(found.docker, await findLeftovers(found.docker));
}
