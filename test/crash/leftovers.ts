import { readdirSync, readFileSync } from 'node:fs';
import type Docker from 'dockerode';
import { remove } from '#main/engines/docker/container.ts';
import { DockerDaemon } from '#main/engines/docker/daemon.ts';
import { run } from '#main/engines/docker/exec.ts';
import { JOB_VARIABLE } from '#main/engines/docker/job-script.ts';
import { homeId, labels } from '#main/engines/docker/labels.ts';
import { SERVICE_VARIABLE } from '#main/engines/process/end-processes.ts';

/** A process or a container; all of a `RunRef` that tells it from others here. */
export type Kept = { pid: number } | { container: string };

/**
 * What an engine has running or keeps of a data folder that it shouldn't when no deployment runs,
 * one line each.
 *
 * @param kept what is recorded to run, and may
 */
export type FindLeftovers = (home: string, kept: readonly Kept[]) => Promise<string[]>;

/** Processes that carry the mark of a job or a service, and work for this data folder. */
export const processLeftovers: FindLeftovers = async (home, kept) => {
  const known = new Set(kept.flatMap((ref) => ('pid' in ref ? ref.pid : [])));
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && !known.has(Number(pid)))
    .flatMap((pid) => {
      const variables = environmentOf(pid);
      const isJob =
        variables.some((one) => one.startsWith(`${JOB_VARIABLE}=`)) &&
        variables.includes(`DRYDOCK_HOME=${home}`);
      const isService = variables.some((one) => one.startsWith(`${SERVICE_VARIABLE}=${home}/`));
      return isJob || isService ? [`process ${pid}`] : [];
    });
};

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}

/** Marked processes in workspaces, and containers that nothing knows of, running or not. */
export const dockerLeftovers =
  (host: string): FindLeftovers =>
  async (home, kept) => {
    const docker = await dockerAt(host);
    const ours = await containersOf(docker, home);
    const known = new Set(kept.flatMap((ref) => ('container' in ref ? ref.container : [])));
    const workspaces = ours.filter(isWorkspace);
    const jobs = await Promise.all(workspaces.map((one) => jobsIn(docker, one)));
    return [
      ...jobs.flat(),
      ...ours
        .filter((one) => !isWorkspace(one) && !known.has(one.Id))
        .map((one) => `container ${one.Names[0]} (${one.State})`),
      ...workspaces.slice(1).map((one) => `a second workspace, ${one.Names[0]}`),
    ];
  };

/** So that the next run is killed while it makes one, perhaps. */
export const removeWorkspaces = (host: string) => async (home: string) => {
  const docker = await dockerAt(host);
  for (const { Id } of (await containersOf(docker, home)).filter(isWorkspace)) {
    await remove(docker, Id);
  }
};

async function dockerAt(host: string): Promise<Docker> {
  const daemon = new DockerDaemon({ dockerHost: () => host, changed: () => undefined });
  return (await daemon.require()).docker;
}

const containersOf = (docker: Docker, home: string): Promise<Docker.ContainerInfo[]> =>
  docker.listContainers({ all: true, filters: { label: [`${labels.home}=${homeId(home)}`] } });

const isWorkspace = ({ Labels }: Docker.ContainerInfo) => Labels[labels.kind] === 'workspace';

async function jobsIn(docker: Docker, { Id, State }: Docker.ContainerInfo): Promise<string[]> {
  if (State !== 'running') return [];
  const { text } = await run(docker.getContainer(Id), [
    ...['/bin/sh', '-c', `grep -lzs "^${JOB_VARIABLE}=" /proc/[0-9]*/environ`],
  ]);
  return text.split('\n').filter(Boolean);
}
