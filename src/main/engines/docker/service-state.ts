import type Docker from 'dockerode';
import type { ContainerState } from '../containers.ts';
import type { ServiceState, ServiceUse } from '../services.ts';
import { labels, numberOf } from './labels.ts';

/** The state of a service, from an inspection. */
export function serviceState(found: Docker.ContainerInspectInfo): ServiceState {
  const { State, Config, NetworkSettings } = found;
  const all = Config.Labels;
  const ended = !State.FinishedAt.startsWith('0001-');
  return {
    ref: { container: found.Id, startedAt: State.StartedAt },
    container: found.Name.replace(/^\//, ''),
    name: all[labels.name] ?? '',
    use: all[labels.kind] as ServiceUse,
    project: numberOf(all[labels.project]),
    deployment: numberOf(all[labels.deployment]),
    labels: all,
    state: State.Status as ContainerState,
    exitCode: ended || !State.Running ? State.ExitCode : null,
    outOfMemory: State.OOMKilled,
    restarts: found.RestartCount,
    ports: State.Running ? published(NetworkSettings.Ports) : [],
    health: healthOf(State),
    image: { id: found.Image, reference: Config.Image },
  };
}

/** https://docs.docker.com/reference/api/engine/: `{"80/tcp": [{"HostIp", "HostPort"}] | null}`. */
function published(ports: Docker.ContainerInspectInfo['NetworkSettings']['Ports']) {
  return Object.entries(ports ?? {}).flatMap(([key, bindings]) => {
    const binding = bindings?.find(({ HostIp }) => HostIp === '127.0.0.1');
    return binding && key.endsWith('/tcp')
      ? [{ port: Number.parseInt(key, 10), host: Number(binding.HostPort) }]
      : [];
  });
}

function healthOf({ Running, Health }: Docker.ContainerInspectInfo['State']) {
  const status = Running ? Health?.Status : undefined;
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : null;
}
