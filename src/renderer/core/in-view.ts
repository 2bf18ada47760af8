import { useQuery } from '@tanstack/react-query';
import { useRoute } from 'wouter';
import { api } from './client.ts';
import type { InView } from './feature/slots.ts';
import { routes } from './paths.ts';
import { useProject } from './queries/use-projects.ts';
import { useTarget } from './queries/use-target.ts';

/**
 * The project and target of the open page: its project, if any, and its target, `local` by default.
 */
export function useInView(): InView {
  const [isProject, project] = useRoute<{ id: string }>('/projects/:id/*?');
  const [isRun, run] = useRoute<{ id: string }>(routes.deployment);
  const [isChain, chain] = useRoute<{ name: string }>(routes.chain);
  const [isInside, inside] = useRoute<{ network: string }>('/networks/:network/*?');
  const [isContract, contract] = useRoute<{ network: string }>(routes.contract);
  const id = isRun ? Number(run.id) : 0;
  const detail = useQuery(
    api.deployments.get.queryOptions({ input: { id }, enabled: id > 0 }),
  ).data;
  const shown = isProject ? Number(project.id) : (detail?.project.id ?? null);
  const known = useProject(shown ?? 0).project ?? null;
  const chosen = useTarget(shown ?? 0)?.name ?? 'local';
  if (isChain) return { project: known, target: decodeURIComponent(chain.name) };
  if (isInside) return { project: known, target: decodeURIComponent(inside.network) };
  if (isContract) return { project: known, target: decodeURIComponent(contract.network) };
  if (isRun) return { project: known, target: detail?.target ?? 'local' };
  return { project: known, target: chosen };
}
