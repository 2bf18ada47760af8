import { CornerLeftUp } from 'lucide-react';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { chooseTarget } from '../../../core/chosen-target.ts';
import { Button } from '../../../ui/button.tsx';
import { useDrafts } from '../request/deploy-draft.ts';
import { differsFrom } from '../request/differs.ts';
import { draftOfRun } from '../request/draft-of-run.ts';
import { useRequest } from '../request/use-request.ts';

/** What a run deployed and where; where a form stands above it, also that both differ. */
export function RunRequest({ run, besideForm }: { run: DeploymentDetail; besideForm: boolean }) {
  return (
    <div className="flex min-h-[22px] shrink-0 items-center gap-2 text-xs text-ink-dim">
      <span title={run.title} className="min-w-0 truncate font-mono text-ink-soft">
        {run.title}
      </span>
      <span className="shrink-0">
        on <span className="text-ink-soft">{run.target}</span>
      </span>
      {besideForm && <Differs run={run} />}
    </div>
  );
}

function Differs({ run }: { run: DeploymentDetail }) {
  const { request } = useRequest(run.project.id);
  if (!request || !differsFrom(request, run)) return null;
  const take = () => {
    const { drafts, fill } = useDrafts.getState();
    const { id } = run.project;
    chooseTarget(id, run.target);
    fill(id, { ...draftOfRun(run, request.kind, drafts[id] ?? {}), retryOf: undefined });
  };
  return (
    <>
      <span className="shrink-0">· the form above differs</span>
      <Button
        variant="link"
        icon={<CornerLeftUp aria-hidden="true" size={12} />}
        title={`Fills the form with what #${run.number} deployed`}
        onClick={take}
      >
        Use these values
      </Button>
    </>
  );
}
