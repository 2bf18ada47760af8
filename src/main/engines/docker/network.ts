import type Docker from 'dockerode';
import type { ServiceUse } from '../services.ts';
import { errorText, ifThere, statusOf } from './docker-errors.ts';
import { homeId, labels, machine, named } from './labels.ts';

/** The specification of a bridge network that Drydock makes. */
export interface NetworkSpec {
  name: string;
  /** Name of the service that it is for; `projects` for the network of the workspaces. */
  subject: string;
  dataFolder: string;
  /** Whether its containers reach each other. */
  together: boolean;
  /** Name of the container of the chain that the subject needs. */
  upstream?: string;
}

/**
 * The network of all workspaces of a data folder, for their way out of the machine. They can't
 * reach each other in it. A container's way out is the first of its networks by name: this one
 * sorts before those of chains, so joining and leaving those breaks no connection.
 */
export const projectsNetwork = (dataFolder: string): NetworkSpec => ({
  name: named(homeId(dataFolder), 'projects'),
  subject: 'projects',
  dataFolder,
  together: false,
});

/**
 * A chain's own network, with the chain and the workspace that last deployed to it; or an app's
 * own.
 */
export const serviceNetwork = (dataFolder: string, use: ServiceUse, name: string): NetworkSpec => ({
  name: named(homeId(dataFolder), use === 'chain' ? 'rpc' : use, name),
  subject: name,
  dataFolder,
  together: true,
});

export const chainNetwork = (dataFolder: string, chain: string): NetworkSpec =>
  serviceNetwork(dataFolder, 'chain', chain);

/** Between a service and the chain in a container that it needs; no workspace ever joins it. */
export const upstreamNetwork = (
  dataFolder: string,
  use: ServiceUse,
  name: string,
  upstream: string,
): NetworkSpec => ({
  name: named(homeId(dataFolder), use === 'chain' ? 'upstream-of' : `${use}-upstream-of`, name),
  subject: name,
  dataFolder,
  together: true,
  upstream,
});

/** Creates the network if it doesn't exist. Two cores that do so at once end up with one. */
export async function ensureNetwork(docker: Docker, spec: NetworkSpec): Promise<void> {
  const { name } = spec;
  if (await ifThere(docker.getNetwork(name).inspect())) return;
  try {
    await create(docker, spec);
  } catch (error) {
    if (statusOf(error) !== 409) throw error;
  }
  // The daemon's own check has a race; a name that two networks share is unusable.
  const same = (await docker.listNetworks({ filters: { name: [name] } })).filter(
    (network) => network.Name === name && network.Labels?.[labels.kind] === 'network',
  );
  const [, ...later] = same.sort((a, b) =>
    `${a.Created}${a.Id}`.localeCompare(`${b.Created}${b.Id}`),
  );
  // A network that a container has joined meanwhile can't be removed, and isn't.
  for (const { Id } of later) await removeNetwork(docker, Id);
}

/** Podman isolates networks on request, and refuses unknown options. */
async function create(docker: Docker, spec: NetworkSpec): Promise<void> {
  const apart: Record<string, string> = { isolate: 'true' };
  const ofDocker = { 'com.docker.network.bridge.enable_icc': `${spec.together}` };
  const choices = [{ ...apart, ...ofDocker }, apart, {}];
  for (const [n, Options] of choices.entries()) {
    try {
      await docker.createNetwork({
        Name: spec.name,
        Driver: 'bridge',
        CheckDuplicate: true,
        Options,
        Labels: labelsOf(spec),
      });
      return;
    } catch (error) {
      if (n === choices.length - 1 || !/unsupported.* option/.test(errorText(error))) throw error;
    }
  }
}

const labelsOf = ({ dataFolder, subject, upstream }: NetworkSpec): Record<string, string> => ({
  [labels.home]: homeId(dataFolder),
  [labels.data]: dataFolder,
  [labels.machine]: machine,
  [labels.kind]: 'network',
  [labels.name]: subject,
  ...(upstream ? { [labels.upstream]: upstream } : {}),
});

/** Returns false for a network that is in use or doesn't exist. */
export async function removeNetwork(docker: Docker, network: string): Promise<boolean> {
  try {
    await docker.getNetwork(network).remove();
    return true;
  } catch (error) {
    // 403: a running container is in it.
    if ([403, 404, 409].includes(statusOf(error) ?? 0)) return false;
    throw error;
  }
}

/** A container that is already in it stays. Rejects with 404 when either of them doesn't exist. */
export async function connect(docker: Docker, network: string, container: string): Promise<void> {
  try {
    await docker.getNetwork(network).connect({ Container: container });
  } catch (error) {
    const { message = '' } = error as Error;
    if (!/already exists in network|already attached to network/.test(message)) throw error;
  }
}

export async function disconnect(docker: Docker, network: string, container: string) {
  await ifThere(docker.getNetwork(network).disconnect({ Container: container, Force: true })).catch(
    (error: unknown) => {
      if (!/is not connected to/.test((error as Error).message)) throw error;
    },
  );
}
