import { useQuery } from '@tanstack/react-query';
import { useRoute } from 'wouter';
import { api } from '../client.ts';
import { useDraft } from '../features/deployments/deploy-draft.ts';
import { useProject } from '../features/projects/use-projects.ts';

/** The project that the open page is about, if it is about one. */
export function useProjectInView(): number | null {
  const [isProject, project] = useRoute<{ id: string }>('/projects/:id/*?');
  const [isRun, run] = useRoute<{ id: string }>('/deployments/:id');
  const id = isRun ? Number(run.id) : 0;
  const detail = useQuery(
    api.deployments.get.queryOptions({ input: { id }, enabled: id > 0 }),
  ).data;
  const shown = isProject ? Number(project.id) : (detail?.project.id ?? null);
  const known = useProject(shown ?? 0).project;
  return known ? known.id : null;
}

/** The network that the open page is about: `local` where none is named. */
export function useNetworkInView(): string {
  const [isChain, chain] = useRoute<{ name: string }>('/chains/:name');
  const [isRun, run] = useRoute<{ id: string }>('/deployments/:id');
  const project = useProjectInView();
  const draft = useDraft(project ?? 0);
  const id = isRun ? Number(run.id) : 0;
  const detail = useQuery(
    api.deployments.get.queryOptions({ input: { id }, enabled: id > 0 }),
  ).data;
  if (isChain) return decodeURIComponent(chain.name);
  if (isRun) return detail?.network ?? 'local';
  return draft.network ?? 'local';
}
