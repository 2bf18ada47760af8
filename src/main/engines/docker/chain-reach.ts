import type Docker from 'dockerode';
import { ifThere } from './docker-errors.ts';
import { labels } from './labels.ts';
import { chainNetwork, connect, disconnect, ensureNetwork, type NetworkSpec } from './network.ts';

/**
 * Lets a workspace reach a chain in a container, and no other chain: it joins that chain's network
 * and leaves those of all others, and every other workspace leaves this one. Only one run at a time
 * uses a project or a chain, so no run loses its connection. It stays joined until the next
 * deployment of either, so a warm deployment joins nothing. Corrects what a killed core has left
 * joined.
 *
 * Does nothing for a host that is not one of Drydock's chains.
 */
export async function joinChain(docker: Docker, workspace: string, host: string): Promise<void> {
  const [chain, joined] = await Promise.all([
    chainNamed(docker, host),
    chainNetworksOf(docker, workspace),
  ]);
  if (!chain) return;
  const { name } = chain.network;
  const found = await ifThere(docker.getNetwork(name).inspect());
  const members = Object.keys(found?.Containers ?? {});
  // A chain started by an earlier version has no network of its own.
  if (!members.includes(chain.id)) {
    await ensureNetwork(docker, chain.network);
    await connect(docker, name, chain.id);
  }
  for (const member of members) {
    if (member !== chain.id && member !== workspace) await disconnect(docker, name, member);
  }
  for (const other of joined) if (other !== name) await disconnect(docker, other, workspace);
  if (!members.includes(workspace)) await connect(docker, name, workspace);
}

/** The network that a chain in a container is reached in; undefined for any other host. */
export const networkOfChain = async (
  docker: Docker,
  host: string,
): Promise<NetworkSpec | undefined> => (await chainNamed(docker, host))?.network;

/** The running chain, of any data folder, whose container has that name. */
async function chainNamed(docker: Docker, host: string) {
  if (!host.startsWith('drydock-')) return undefined;
  const found = await ifThere(docker.getContainer(host).inspect());
  const {
    [labels.kind]: kind,
    [labels.data]: data,
    [labels.name]: name,
  } = found?.Config.Labels ?? {};
  if (!found || kind !== 'chain' || data === undefined || name === undefined) return undefined;
  return { id: found.Id, network: chainNetwork(data, name) };
}

/** Names of the chain networks that a container is in; none when it doesn't exist. */
export async function chainNetworksOf(docker: Docker, workspace: string): Promise<string[]> {
  const found = await ifThere(docker.getContainer(workspace).inspect());
  return Object.keys(found?.NetworkSettings.Networks ?? {}).filter((name) =>
    /^drydock-\w+-rpc-/.test(name),
  );
}
