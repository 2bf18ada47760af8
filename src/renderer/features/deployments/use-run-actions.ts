import { useMemo } from 'react';
import { toast } from 'sonner';
import { useLocation } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { api, client } from '../../client.ts';
import { problemOf } from '../app/problem.ts';
import { queryClient } from '../app/query-client.ts';
import { useAction } from '../app/use-action.ts';
import { projectPath } from '../projects/project-path.ts';
import { useDrafts } from './deploy-draft.ts';
import { draftOfRun } from './draft-of-run.ts';
import { askRedeploy } from './run-dialogs-state.ts';
import { useBegun } from './use-begun.ts';

export interface RunActions {
  busy: string | null;
  cancel(): void;
  retry(): void;
  redeploy(asItIsNow?: boolean): Promise<boolean>;
  /** Opens the deploy form, filled with the request. */
  edit(): void;
  dismiss(): void;
}

async function refresh(id: number): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.deployments.get.key({ input: { id } }) }),
    queryClient.invalidateQueries({ queryKey: api.deployments.list.key() }),
    queryClient.invalidateQueries({ queryKey: api.deployments.queue.key() }),
  ]);
}

/** Everything that can be done with one run; one thing at a time, errors shown with their remedy. */
export function useRunActions(
  run: Pick<Deployment, 'id' | 'number' | 'project' | 'network' | 'commit' | 'dirty'>,
): RunActions {
  const { busy, run: act } = useAction();
  const begun = useBegun();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const { id } = run;
    const name = `${run.project.name} #${run.number}`;
    return {
      busy,
      cancel: () =>
        void act('cancel', async () => {
          await client.deployments.cancel({ id });
          await refresh(id);
        }),
      retry: () =>
        void act('retry', async () => {
          begun(await client.deployments.retry({ id }));
          await refresh(id);
        }),
      async redeploy(asItIsNow = false) {
        const done = await act('redeploy', async () => {
          try {
            begun(await client.deployments.redeploy({ id, asItIsNow }));
            return true;
          } catch (error) {
            const { code, message } = problemOf(error);
            if (code !== 'COMMIT_DIFFERS') throw error;
            askRedeploy(run, message);
            return false;
          }
        });
        return done === true;
      },
      edit: () =>
        void act('edit', async () => {
          const detail = await client.deployments.get({ id });
          const { drafts, fill } = useDrafts.getState();
          fill(run.project.id, draftOfRun(detail, drafts[run.project.id] ?? {}));
          navigate(projectPath(run.project.id));
        }),
      dismiss: () =>
        void act('dismiss', async () => {
          await client.deployments.dismiss({ id });
          await refresh(id);
          toast.success(`${name} is out of the dead letters; its record stays in the history`);
        }),
    };
  }, [run, busy, act, begun, navigate]);
}
