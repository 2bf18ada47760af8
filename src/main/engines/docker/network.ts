import type Docker from 'dockerode';
import { ifThere, statusOf } from './fault.ts';
import { labels, NETWORK } from './labels.ts';

/** Makes our network if it isn't there. Two cores that do so at once end up with one. */
export async function ensureNetwork(docker: Docker, name = NETWORK): Promise<void> {
  if (await ifThere(docker.getNetwork(name).inspect())) return;
  try {
    await docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels: { [labels.kind]: 'network' },
    });
  } catch (error) {
    if (statusOf(error) !== 409) throw error;
  }
  // The daemon's own check has a gap; a name that two networks have is of no use.
  const same = (await docker.listNetworks({ filters: { name: [name] } })).filter(
    (network) => network.Name === name && network.Labels?.[labels.kind] === 'network',
  );
  const [, ...later] = same.sort((a, b) =>
    `${a.Created}${a.Id}`.localeCompare(`${b.Created}${b.Id}`),
  );
  // One that somebody has joined meanwhile can't be removed, and isn't.
  for (const { Id } of later)
    await docker
      .getNetwork(Id)
      .remove()
      .catch(() => undefined);
}
