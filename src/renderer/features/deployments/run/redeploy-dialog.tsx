import { Button } from '../../../ui/button.tsx';
import { Copyable } from '../../../ui/copyable.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { closeRunDialogs, useRunDialogs } from './run-dialogs-state.ts';
import { useRunActions } from './use-run-actions.ts';

type Changed = NonNullable<ReturnType<typeof useRunDialogs.getState>['changed']>;

/** The choices when a folder has changed since it was deployed. */
export function RedeployDialog() {
  const changed = useRunDialogs((state) => state.changed);
  return (
    <Dialog
      title="The folder has changed since"
      description={changed?.message}
      open={changed !== null}
      onClose={closeRunDialogs}
    >
      {changed && <Choice run={changed.run} />}
    </Dialog>
  );
}

function Choice({ run }: Pick<Changed, 'run'>) {
  const { busy, redeploy } = useRunActions(run);
  const checkout = run.commit && !run.dirty ? `git checkout ${run.commit}` : null;
  const deploy = async () => {
    if (await redeploy(true)) closeRunDialogs();
  };
  return (
    <>
      {checkout && (
        <div className="flex flex-col gap-1.5 text-sm">
          <p className="text-ink-dim">To have the same again, run this in the folder:</p>
          <Copyable
            value={checkout}
            what="command"
            className="rounded-lg border border-line bg-sunken px-3 py-2 text-left"
          >
            {checkout}
          </Copyable>
        </div>
      )}
      <DialogActions>
        <Button onClick={closeRunDialogs}>Not now</Button>
        <Button variant="primary" busy={busy !== null} onClick={() => void deploy()}>
          Deploy as it is now
        </Button>
      </DialogActions>
    </>
  );
}
