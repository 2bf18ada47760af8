import { TextSearch } from 'lucide-react';
import type { Failure } from '#main/features/deployments/contract.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FixButton } from '../app/problem-notice.tsx';
import { useLogTabs } from './log-tabs.ts';

/** Why a run failed, the way out, and the line of the log that shows it. */
export function FailureCard({ run, failure }: { run: number; failure: Failure }) {
  const jumpTo = useLogTabs((state) => state.jumpTo);
  const { fix, seq } = failure;
  return (
    <ErrorNotice message={failure.message} command={fix?.call ? undefined : fix?.command}>
      {fix?.call && <FixButton fix={fix} />}
      {seq !== undefined && (
        <Button
          size="sm"
          variant="ghost"
          icon={<TextSearch aria-hidden="true" size={14} />}
          onClick={() => jumpTo(run, seq)}
        >
          Show in the log
        </Button>
      )}
    </ErrorNotice>
  );
}
