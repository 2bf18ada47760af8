import type { Deployment } from '#main/features/deployments/contract.ts';
import type { Failure } from '#main/shared/run.ts';
import { FixButton } from '../../../core/problems/problem-notice.tsx';
import { toast } from '../../../ui/toast.ts';
import { useBegun } from './use-begun.ts';

/** The remedy of a failure as a button; once done, it offers a retry. */
export function FailureFix({ failure, retry }: { failure: Failure | null; retry(): void }) {
  const begun = useBegun();
  const fix = failure?.fix;
  if (!fix) return null;
  const fixed = (result: unknown) => {
    // The remedy is another run, not something that lets a retry succeed.
    if (fix.call?.procedure === 'deployments.retry') return begun(result as Deployment);
    toast.success(`${fix.label}: done`, { action: { label: 'Retry', onClick: retry } });
  };
  return <FixButton fix={fix} onFixed={fixed} then={retry} />;
}
