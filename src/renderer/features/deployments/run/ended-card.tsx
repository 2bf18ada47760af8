import { ListTree, Pencil, RotateCw, TextSearch, Undo2, X } from 'lucide-react';
import { useLocation } from 'wouter';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { jumpTo } from '../../../core/panel/log-jump.ts';
import { logTabOf } from '../../../core/panel/log-tab.ts';
import { ReadMore } from '../../../core/problems/docs-link.tsx';
import { commandOf } from '../../../core/problems/problem.ts';
import { familyOf } from '../../../families/all.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { FailureFix } from './failure-fix.tsx';
import { askRollback } from './run-dialogs-state.ts';
import { cancelledWords, leftSomething, runOffers } from './run-offers.ts';
import { useRunActions } from './use-run-actions.ts';

function JumpButton({ run, seq }: { run: DeploymentDetail; seq: number }) {
  return (
    <Button
      size="sm"
      variant="ghost"
      icon={<TextSearch aria-hidden="true" size={14} />}
      onClick={() => jumpTo(logTabOf(run, true), seq)}
    >
      Show in the log
    </Button>
  );
}

/** Why a run failed, what it left on the chain, and every next step. */
export function EndedCard({ run }: { run: DeploymentDetail }) {
  const { busy, ...actions } = useRunActions(run);
  const { failure } = run;
  const offers = runOffers(run);
  const [, navigate] = useLocation();
  const { failurePage, FailedAt } = familyOf(run.family);
  const page = failurePage?.(run);
  if (!offers.retry) return null;
  const message = failure?.message ?? cancelledWords(run);
  return (
    <ErrorNotice
      tone={run.status === 'failed' ? 'bad' : 'warn'}
      message={message}
      command={commandOf(failure?.fix)}
      detail={FailedAt && run.status === 'failed' && <FailedAt run={run} />}
    >
      <FailureFix failure={failure} retry={actions.retry} />
      {page && (
        <Button
          size="sm"
          icon={<ListTree aria-hidden="true" size={14} />}
          onClick={() => navigate(page.path)}
        >
          {page.label}
        </Button>
      )}
      {leftSomething(run) && (
        <Button
          size="sm"
          icon={<Undo2 aria-hidden="true" size={14} />}
          onClick={() => askRollback(run)}
        >
          Roll back to before it…
        </Button>
      )}
      <Button
        size="sm"
        icon={<RotateCw aria-hidden="true" size={14} />}
        busy={busy === 'retry'}
        onClick={actions.retry}
      >
        Retry
      </Button>
      <Button
        size="sm"
        icon={<Pencil aria-hidden="true" size={14} />}
        busy={busy === 'edit'}
        onClick={actions.edit}
      >
        Edit and retry
      </Button>
      {offers.dismiss && (
        <Button
          size="sm"
          variant="ghost"
          icon={<X aria-hidden="true" size={14} />}
          busy={busy === 'dismiss'}
          title="Nothing more is to be done about it; its record stays in the history"
          onClick={actions.dismiss}
        >
          Dismiss
        </Button>
      )}
      {failure?.seq !== undefined && <JumpButton run={run} seq={failure.seq} />}
      <ReadMore code={failure?.code} />
    </ErrorNotice>
  );
}
