import { useNetworks } from '../../../core/queries/use-networks.ts';
import { Button } from '../../../ui/button.tsx';
import { Copyable } from '../../../ui/copyable.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { closeRunDialogs, useRunDialogs } from './run-dialogs-state.ts';
import { useRunActions } from './use-run-actions.ts';

type Changed = NonNullable<ReturnType<typeof useRunDialogs.getState>['changed']>;

type Asked = NonNullable<ReturnType<typeof useRunDialogs.getState>['redeploy']>;

/** Says what a redeploy does before it does it, and asks again when the folder has changed since. */
export function RedeployDialog() {
  const asked = useRunDialogs((state) => state.redeploy);
  const changed = useRunDialogs((state) => state.changed);
  return (
    <>
      <Dialog
        title={asked ? `Redeploy ${asked.project.name} #${asked.number}?` : 'Redeploy'}
        description={asked && `To ${asked.target}, as a run of its own.`}
        open={asked !== null}
        onClose={closeRunDialogs}
      >
        {asked && <Preview run={asked} />}
      </Dialog>
      <Dialog
        title="The folder has changed since"
        description={changed?.message}
        open={changed !== null}
        onClose={closeRunDialogs}
      >
        {changed && <Choice run={changed.run} />}
      </Dialog>
    </>
  );
}

function Preview({ run }: { run: Asked }) {
  const { busy, redeploy } = useRunActions(run);
  const isLive = useNetworks().data?.find(({ name }) => name === run.target)?.kind === 'remote';
  const onChain = run.family === 'contracts';
  const deploy = async () => {
    if (await redeploy()) closeRunDialogs();
  };
  return (
    <>
      <div className="flex flex-col gap-3 text-sm">
        <p>
          <span className="font-mono text-xs">{run.title}</span> runs again with the same values
          {run.commit && (
            <>
              , from commit <span className="font-mono text-xs">{run.commit.slice(0, 7)}</span>
              {run.dirty ? ' and the files that were changed then' : ''}
            </>
          )}
          .
        </p>
        <p className="text-ink-dim">
          {!onChain
            ? 'It takes the place of the release that serves now, once it is healthy.'
            : isLive
              ? `Its transactions go to ${run.target}, a live network: they cost, and can’t be taken back.`
              : 'What it deploys comes beside what is there already; nothing is taken back for it.'}
        </p>
      </div>
      <DialogActions>
        <Button onClick={closeRunDialogs}>Cancel</Button>
        <Button
          variant={onChain && isLive ? 'danger' : 'primary'}
          busy={busy !== null}
          onClick={() => void deploy()}
        >
          {`Redeploy to ${run.target}`}
        </Button>
      </DialogActions>
    </>
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
