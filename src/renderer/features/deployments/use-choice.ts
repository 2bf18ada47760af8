import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../client.ts';
import { useDraft } from './deploy-draft.ts';
import { type Choice, resolveDeploy } from './resolve-deploy.ts';

/** The deploy form of a project, resolved. */
export function useChoice(project: number): Choice {
  const draft = useDraft(project);
  const networks = useQuery(api.networks.list.queryOptions()).data;
  const scripts = useQuery(api.projects.scripts.queryOptions({ input: { project } })).data;
  return useMemo(
    () => resolveDeploy(project, draft, networks ?? [], scripts ?? []),
    [project, draft, networks, scripts],
  );
}
