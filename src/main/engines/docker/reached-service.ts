import type Docker from 'dockerode';
import { ifThere } from './docker-errors.ts';
import { labels } from './labels.ts';

/** A chain in a container, as it is reached. */
export interface ReachedService {
  /** Name of the container, and in networks with it the host. */
  name: string;
  /** That it listens on in the container. */
  port: number;
  /** Host and port of all addresses at which this machine reaches it. */
  at: readonly string[];
}

/** How a running chain is reached: within its networks, and by this machine. */
export function reachedService(found: Docker.ContainerInspectInfo): ReachedService {
  const { Config, NetworkSettings } = found;
  const known = Number(Config.Labels[labels.port]);
  const inside = Object.keys(Config.ExposedPorts ?? {}).map((key) => Number.parseInt(key, 10));
  const port = inside[0] ?? known;
  const published = Object.values(NetworkSettings.Ports ?? {}).flatMap((bindings) =>
    (bindings ?? []).map(({ HostPort }) => Number(HostPort)),
  );
  const addresses = Object.values(NetworkSettings.Networks).flatMap(
    ({ IPAddress }) => IPAddress || [],
  );
  return {
    name: found.Name.replace(/^\//, ''),
    port,
    at: [
      ...new Set([known, ...published].map((one) => `127.0.0.1:${one}`)),
      ...addresses.map((address) => `${address}:${port}`),
    ],
  };
}

/** Drydock's chain, of any data folder, that this machine reaches at a host and port. */
export async function serviceAt(docker: Docker, at: string): Promise<ReachedService | undefined> {
  const chains = await docker.listContainers({
    filters: { label: [`${labels.kind}=chain`], status: ['running'] },
  });
  for (const { Id } of chains) {
    const found = await ifThere(docker.getContainer(Id).inspect());
    const service = found && reachedService(found);
    if (service?.at.includes(at)) return service;
  }
  return undefined;
}
