import { RedeployDialog } from './redeploy-dialog.tsx';
import { RollbackDialog } from './rollback-dialog.tsx';

/** The questions about a run, asked over whatever page is open. */
export function RunDialogs() {
  return (
    <>
      <RollbackDialog />
      <RedeployDialog />
    </>
  );
}
