import { toast } from 'sonner';
import type { Failure } from '#main/features/deployments/contract.ts';
import { api } from '../../client.ts';
import { FixButton } from '../app/problem-notice.tsx';
import { queryClient } from '../app/query-client.ts';

/** The remedy of a failure as a button; once done, it leads on to another try. */
export function FailureFix({ failure, retry }: { failure: Failure | null; retry(): void }) {
  const fix = failure?.fix;
  if (!fix) return null;
  const fixed = () => {
    void queryClient.invalidateQueries({ queryKey: api.deployments.limits.key() });
    toast.success(`${fix.label}: done`, { action: { label: 'Retry', onClick: retry } });
  };
  return <FixButton fix={fix} onFixed={fixed} />;
}
