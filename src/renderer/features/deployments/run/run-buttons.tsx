import { Pencil, RotateCw, Undo2 } from 'lucide-react';
import type { DeploymentDetail } from '#main/features/deployments/contract.ts';
import { Button } from '../../../ui/button.tsx';
import { rollbackWords } from './rollback-words.ts';
import { askRedeploy, askRollback } from './run-dialogs-state.ts';
import { canRollBack, leftSomething, runOffers } from './run-offers.ts';
import { useRunActions } from './use-run-actions.ts';

/** Actions on a run that has ended, on its own page, beyond those of its result. */
export function RunButtons({ run }: { run: DeploymentDetail }) {
  const actions = useRunActions(run);
  const offers = runOffers(run);
  if (!offers.redeploy) return null;
  return (
    <>
      <Button
        icon={<RotateCw aria-hidden="true" size={14} />}
        title="Deploy the same again, from the same commit"
        onClick={() => askRedeploy(run)}
      >
        Redeploy…
      </Button>
      {!offers.retry && (
        <Button
          icon={<Pencil aria-hidden="true" size={14} />}
          busy={actions.busy === 'edit'}
          title="Open the deploy form, filled with this request"
          onClick={actions.edit}
        >
          Edit and deploy
        </Button>
      )}
      {canRollBack(run) && !leftSomething(run) && (
        <Button
          variant="danger"
          icon={<Undo2 aria-hidden="true" size={14} />}
          title={rollbackWords(run).about}
          onClick={() => askRollback(run)}
        >
          Roll back…
        </Button>
      )}
    </>
  );
}
