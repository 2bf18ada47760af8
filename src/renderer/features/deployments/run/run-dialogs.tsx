import { RedeployDialog } from './redeploy-dialog.tsx';
import { RollbackDialog } from './rollback-dialog.tsx';
import { SecretArgumentDialog } from './secret-argument-dialog.tsx';

/** The dialogs about a run, shown over any page. */
export function RunDialogs() {
  return (
    <>
      <RollbackDialog />
      <RedeployDialog />
      <SecretArgumentDialog />
    </>
  );
}
