import type { Network } from '#main/features/networks/contract.ts';
import type { KindInfo } from '#main/shared/kind.ts';
import { useChosenTargets } from '../chosen-target.ts';
import { api } from '../client.ts';
import { queryClient } from '../query-client.ts';
import { useKind } from './use-kinds.ts';
import { useNetworks } from './use-networks.ts';
import { useProject } from './use-projects.ts';

/** The target of a deployment. */
export interface Target {
  name: string;
  kind: Network['kind'] | 'runtime';
}

const runtime: Target = { name: 'docker', kind: 'runtime' };

function pick(
  { target }: Pick<KindInfo, 'target'>,
  networks: readonly Network[],
  chosen: string | undefined,
): Target | null {
  if (target === 'runtime') return runtime;
  return (
    networks.find(({ name }) => name === chosen) ??
    networks.find(({ name }) => name === 'local') ??
    networks[0] ??
    null
  );
}

/** The target of a project's next deployment: the chosen or the default one; null while unknown. */
export function useTarget(project: number): Target | null {
  const chosen = useChosenTargets(({ targets }) => targets[project]);
  const kind = useKind(useProject(project).project?.kind);
  const networks = useNetworks().data ?? [];
  return kind && pick(kind, networks, chosen);
}

/**
 * The same at the time of an action, waiting for what is still loading. Rejects as loading does.
 */
export async function readTarget(project: number): Promise<Target | null> {
  const [kind, networks] = await Promise.all([
    readKind(project),
    queryClient.ensureQueryData(api.networks.list.queryOptions()),
  ]);
  return kind && pick(kind, networks, useChosenTargets.getState().targets[project]);
}

/** The kind of a project, likewise. */
export async function readKind(project: number): Promise<KindInfo | null> {
  const [projects, kinds] = await Promise.all([
    queryClient.ensureQueryData(api.projects.list.queryOptions()),
    queryClient.ensureQueryData(api.projects.kinds.queryOptions()),
  ]);
  const id = projects.find((one) => one.id === project)?.kind;
  return kinds.find((kind) => kind.id === id) ?? null;
}
