import type Docker from 'dockerode';
import type { OurNetwork } from '../containers.ts';
import type { ServiceUse } from '../services.ts';
import { ifThere } from './docker-errors.ts';
import { homeId, labels, OLD_NETWORK } from './labels.ts';
import { projectsNetwork, removeNetwork, serviceNetwork, upstreamNetwork } from './network.ts';

/** A network that Drydock made. */
export interface FoundNetwork {
  id: string;
  name: string;
  labels: Record<string, string>;
  use: OurNetwork['use'];
  /** How many running containers are in it. */
  used: number;
}

/** Networks with Drydock's labels and the matching names. */
export async function ownedNetworks(docker: Docker): Promise<FoundNetwork[]> {
  const filters = { label: [`${labels.kind}=network`] };
  const found = await docker.listNetworks({ filters });
  const known = found.flatMap(({ Id, Name, Labels }) => {
    const use = useOf(Name, Labels ?? {});
    return use ? [{ id: Id, name: Name, labels: Labels ?? {}, use }] : [];
  });
  return Promise.all(
    known.map(async (one) => {
      const { Containers } = (await ifThere(docker.getNetwork(one.id).inspect())) ?? {};
      return { ...one, used: Object.keys(Containers ?? {}).length };
    }),
  );
}

const uses: readonly ServiceUse[] = ['chain', 'app'];

/** The purpose of one of Drydock's networks, by its name; undefined for any other network. */
function useOf(name: string, all: Record<string, string>): OurNetwork['use'] | undefined {
  const { [labels.data]: data, [labels.home]: home, [labels.name]: subject = '' } = all;
  if (data === undefined) return name === OLD_NETWORK ? 'all' : undefined;
  if (home !== homeId(data)) return undefined;
  if (name === projectsNetwork(data).name) return 'workspaces';
  return uses.find((use) => networksOf(data, use, subject).includes(name));
}

/** Names of the networks that a service has. */
const networksOf = (dataFolder: string, use: ServiceUse, name: string): string[] => [
  serviceNetwork(dataFolder, use, name).name,
  upstreamNetwork(dataFolder, use, name, '').name,
];

/**
 * Removes the networks of a service that no longer runs, even when containers are still in them.
 */
export async function removeNetworksOf(
  docker: Docker,
  dataFolder: string,
  use: ServiceUse,
  name: string,
): Promise<void> {
  for (const own of networksOf(dataFolder, use, name)) await removeWithMembers(docker, own);
}

/** Disconnects every container first. Returns false for a network that doesn't exist. */
export async function removeWithMembers(docker: Docker, id: string): Promise<boolean> {
  const network = docker.getNetwork(id);
  const { Containers = {} } = (await network.inspect().catch(() => undefined)) ?? {};
  for (const container of Object.keys(Containers)) {
    await network.disconnect({ Container: container, Force: true }).catch(() => undefined);
  }
  return removeNetwork(docker, id);
}
