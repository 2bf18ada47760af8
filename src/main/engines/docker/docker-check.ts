import type { Finding, NamedCheck } from '../../shared/check.ts';
import type { DaemonState } from './daemon.ts';

/** The current state of the Docker daemon, as a check. */
export const dockerCheck = (look: () => Promise<DaemonState>): NamedCheck => ({
  id: 'docker',
  title: 'Docker',
  look: async () => finding(await look()),
});

function finding({
  status,
  version,
  os,
  rootless,
  endpoint,
  source,
  problem,
}: DaemonState): Finding {
  if (status === 'ready') {
    const kind = `${rootless ? 'rootless, ' : ''}${os}`;
    const detail = `daemon ${version} (${kind}) at ${endpoint}, from ${source}`;
    return { status: 'ok', detail, remedy: null };
  }
  const detail = problem ?? 'nothing is known of it';
  if (status === 'missing') {
    return {
      status: 'absent',
      detail: `${detail} Not needed: Drydock runs without it.`,
      remedy: null,
    };
  }
  const remedy = 'The engine "process" in the settings runs without Docker.';
  return { status: 'warning', detail, remedy };
}
