import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { Deployment } from '#main/features/deployments/contract.ts';
import { chooseTarget } from '../../../core/chosen-target.ts';
import { client } from '../../../core/client.ts';
import { useCommands } from '../../../core/commands/use-commands.ts';
import { projectPath } from '../../../core/paths.ts';
import { problemOf } from '../../../core/problems/problem.ts';
import { readKind } from '../../../core/queries/use-target.ts';
import { asTrusted } from '../../../core/trust.ts';
import { toast } from '../../../ui/toast.ts';
import { useDrafts } from '../request/deploy-draft.ts';
import { draftOfRun } from '../request/draft-of-run.ts';
import { openForm } from '../request/form-open.ts';
import { askRedeployChanged } from './run-dialogs-state.ts';
import { withoutSecrets } from './secret-argument-state.ts';
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

/** All actions on one run; one at a time, errors shown with their remedy. */
export function useRunActions(
  run: Pick<
    Deployment,
    'id' | 'number' | 'project' | 'target' | 'family' | 'title' | 'commit' | 'dirty'
  >,
): RunActions {
  const { busy, run: act } = useCommands();
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
        }),
      retry: () =>
        void act('retry', async () => {
          const retry = () =>
            withoutSecrets((input) => client.deployments.retry({ id, changes: { input } }));
          const again = await asTrusted(run.project.id, 'retry', retry);
          if (!again) return;
          begun(again);
        }),
      async redeploy(asItIsNow = false) {
        const done = await act('redeploy', async () => {
          try {
            const deploy = () =>
              withoutSecrets((harmless) =>
                client.deployments.redeploy({ id, asItIsNow, input: harmless }),
              );
            const again = await asTrusted(run.project.id, 'deploy', deploy);
            if (again) begun(again);
            return again !== undefined;
          } catch (error) {
            const { code, message } = problemOf(error);
            if (code !== 'COMMIT_DIFFERS') throw error;
            askRedeployChanged(run, message);
            return false;
          }
        });
        return done === true;
      },
      edit: () =>
        void act('edit', async () => {
          const detail = await client.deployments.get({ id });
          const { drafts, fill } = useDrafts.getState();
          chooseTarget(run.project.id, detail.target);
          const kind = await readKind(run.project.id);
          fill(
            run.project.id,
            draftOfRun(detail, kind ?? { inputs: [] }, drafts[run.project.id] ?? {}),
          );
          openForm(run.project.id);
          navigate(projectPath(run.project.id));
        }),
      dismiss: () =>
        void act('dismiss', async () => {
          await client.deployments.dismiss({ id });
          toast.success(`${name} is dismissed; its record stays in the history`);
        }),
    };
  }, [run, busy, act, begun, navigate]);
}
