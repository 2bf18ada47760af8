import os from 'node:os';
import { remove } from '#main/engines/docker/container.ts';
import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import { homeId, labels } from '#main/engines/docker/labels.ts';
import {
  type DockerDependencies,
  type DockerOptions,
  openDocker,
} from '#main/engines/docker/open-docker.ts';
import { removeWithMembers } from '#main/engines/docker/owned-networks.ts';
import { removeVolume } from '#main/engines/docker/remove-volume.ts';
import { allTools } from '#main/features/engines/machine.ts';
import { kindSpecs } from '#main/kinds/specs.ts';
import { RUN_FOLDER } from '../../build/lib/test-run.mjs';
import { ensureBase } from './docker-base.ts';
import { startPrivateDaemon, whyNoPrivateDaemon } from './docker-daemon.ts';
import { once } from './docker-run.ts';
import { temporaryFolder } from './folder.ts';

export interface TestDocker {
  /** Why there is none, as a sentence; then nothing else of this may be used. */
  missing: string | null;
  /** As in DOCKER_HOST. */
  host: string;
  /** The folder of a private daemon, which tests may end and restart; null: it's the machine's. */
  privateFolder: string | null;
}

/**
 * The daemon for tests, the same for all files of a run: the one that responds, or, on a disposable
 * machine, a private one. Drydock's images are built on first use.
 */
export async function testDocker(folder = process.env[RUN_FOLDER]): Promise<TestDocker> {
  if (!folder) return { missing: 'not started by the test runner', host: '', privateFolder: null };
  try {
    const found = await once(folder, 'daemon', async () => {
      const daemon = await findDaemon(folder);
      await prepareDocker(daemon.host);
      return daemon;
    });
    // No bridge of such a daemon has a way out; the host's own network does.
    if (found.privateFolder) process.env.DRYDOCK_BUILD_NETWORK ??= 'host';
    return { missing: null, ...found };
  } catch (error) {
    return { missing: (error as Error).message, host: '', privateFolder: null };
  }
}

async function findDaemon(folder: string): Promise<{ host: string; privateFolder: string | null }> {
  const own = new DockerDaemon({
    dockerHost: () => '',
    // Tests have a HOME of their own; the daemon is the user's.
    home: os.userInfo().homedir,
    changed: () => undefined,
  });
  const found = await own.look();
  const host = own.state.endpoint;
  if (found?.local && host) return { host, privateFolder: null };
  const why = whyNoPrivateDaemon();
  if (why) throw new Error(why);
  return { ...(await startPrivateDaemon(folder)), privateFolder: folder };
}

/** Adds Drydock's images to a daemon. */
export async function prepareDocker(host: string): Promise<void> {
  await using data = await temporaryFolder();
  const docker = openDocker(optionsFor(host, data.path));
  await ensureBase(await docker.daemon.require());
  await docker.images.ensure('foundry');
}

const optionsFor = (dockerHost: string, dataFolder: string): DockerOptions => ({
  dataFolder,
  settings: () => ({ dockerHost, buildNetwork: 'host', caFile: '' }),
  images: kindSpecs.images,
  tools: allTools,
});

export interface OpenedDocker extends DockerDependencies, AsyncDisposable {}

/** Docker for a data folder. At the end, everything that was made for the folder is removed. */
export function openTestDocker(
  { host }: TestDocker,
  dataFolder: string,
  options: Partial<DockerOptions> = {},
): OpenedDocker {
  const parts = openDocker({ ...optionsFor(host, dataFolder), ...options });
  return {
    ...parts,
    async [Symbol.asyncDispose]() {
      parts.close();
      await removeAll(host, dataFolder);
    },
  };
}

/** Removes the containers, networks and volumes of a data folder. */
export async function removeAll(host: string, dataFolder: string): Promise<void> {
  const daemon = new DockerDaemon({ dockerHost: () => host, changed: () => undefined });
  const { docker } = await daemon.require();
  const filters = { label: [`${labels.home}=${homeId(dataFolder)}`] };
  for (const { Id } of await docker.listContainers({ all: true, filters })) {
    await remove(docker, Id);
  }
  for (const { Id } of await docker.listNetworks({ filters })) await removeWithMembers(docker, Id);
  const { Volumes } = await docker.listVolumes({ filters });
  for (const { Name } of Volumes ?? []) await removeVolume(docker, Name);
}
