import { existsSync } from 'node:fs';
import { containersOf } from '#main/engines/docker/containers.ts';
import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import { beginTestRun } from '../../build/lib/test-run.mjs';

/** Set-up of both test runners: what their tests start and write ends with the run. */
export default function setUp(): () => Promise<void> {
  const end = beginTestRun();
  return async () => {
    await removeTestLeftovers();
    await end();
  };
}

/** For tests on the machine's own daemon: what belongs to data folders that they have deleted. */
async function removeTestLeftovers(): Promise<void> {
  const daemon = new DockerDaemon({ dockerHost: () => '', changed: () => undefined });
  if (!(await daemon.look())) return;
  const containers = containersOf(daemon);
  const isLeft = (one: { here: boolean; dataFolder: string | null }) =>
    one.here && one.dataFolder !== null && !existsSync(one.dataFolder);
  for (const one of (await containers.list()).filter(isLeft)) await containers.remove(one.id);
  for (const one of (await containers.volumes()).filter(isLeft)) {
    await containers.removeVolume(one.name);
  }
  for (const one of (await containers.networks()).filter(isLeft)) {
    await containers.removeNetwork(one.id);
  }
}
