import type Docker from 'dockerode';
import type { HostAddress } from '../engine.ts';
import { ask } from './ask.ts';
import { networkOfChain } from './chain-reach.ts';
import type { Daemon, DockerDaemon } from './daemon.ts';
import { ensureNetwork, type NetworkSpec, projectsNetwork } from './network.ts';

/**
 * `Engine.hostAddress`. Where containers run on this machine's kernel, that is the gateway of one of
 * the workspace's networks: its chain's, or that of all workspaces. A program that listens there is
 * not on an address of a network card. A virtual machine forwards to this machine's loopback. The
 * gateways of a rootless daemon are in a network namespace of its own.
 */
export function hostAddress(
  reaching: string,
  daemons: DockerDaemon,
  dataFolder: string,
): Promise<HostAddress | null> {
  return ask(daemons, async (daemon) => {
    const chain = await networkOfChain(daemon.docker, new URL(reaching).hostname);
    return hostIn(daemon, chain ?? projectsNetwork(dataFolder));
  });
}

/** `Engine.serviceHostAddress`. @param network the service's own, in which it always is */
export const serviceHostAddress = (
  network: NetworkSpec,
  daemons: DockerDaemon,
): Promise<HostAddress | null> => ask(daemons, (daemon) => hostIn(daemon, network));

async function hostIn(
  { docker, native, rootless }: Daemon,
  network: NetworkSpec,
): Promise<HostAddress | null> {
  if (!native) return { listen: '127.0.0.1', name: 'host.docker.internal' };
  if (rootless) return null;
  await ensureNetwork(docker, network);
  const gateway = gatewayOf(await docker.getNetwork(network.name).inspect());
  return gateway === undefined ? null : { listen: gateway, name: gateway };
}

/** Some versions of the daemon write it with the length of its network behind it. */
function gatewayOf({ IPAM }: Docker.NetworkInspectInfo): string | undefined {
  const gateways = (IPAM?.Config ?? []).flatMap(({ Gateway }) => Gateway?.split('/')[0] ?? []);
  return gateways.find((one) => /^\d+(\.\d+){3}$/.test(one));
}
