import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, client } from '../../../core/client.ts';
import { useCommands } from '../../../core/commands/use-commands.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { sendCommand } from '../../../core/send-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.ts';
import { rollbackWords } from './rollback-words.ts';
import { closeRunDialogs, useRunDialogs } from './run-dialogs-state.ts';

type Run = NonNullable<ReturnType<typeof useRunDialogs.getState>['rollback']>;

/** Shows what a revert or rollback of a run would remove. */
export function RollbackDialog() {
  const run = useRunDialogs((state) => state.rollback);
  return (
    <Dialog
      title={run ? rollbackWords(run).title : 'Roll back'}
      description={run && rollbackWords(run).about}
      open={run !== null}
      onClose={closeRunDialogs}
    >
      {run && <Rollback run={run} />}
    </Dialog>
  );
}

function undo(chain: string, snapshot: number): void {
  void sendCommand(
    () => client.chains.revert({ chain, snapshot }),
    ({ snapshot: { name } }) => toast.success(`${chain} is at “${name}” again`),
  );
}

function Rollback({ run }: { run: Run }) {
  const { busy, run: act } = useCommands();
  const words = rollbackWords(run);
  const plan = useQuery(
    api.deployments.rollback.queryOptions({
      input: { id: run.id, dryRun: true },
      staleTime: 0,
      gcTime: 0,
    }),
  );
  const rollBack = async () => {
    const done = await act('rollback', () => client.deployments.rollback({ id: run.id }));
    if (!done) return;
    closeRunDialogs();
    const left = done.leftBehind?.id;
    toast.success(words.done(done), {
      description: words.afterwards,
      duration: 14_000,
      closeButton: true,
      action: left !== undefined && { label: 'Undo', onClick: () => undo(run.target, left) },
    });
  };
  const others = plan.data?.gone.filter(({ id }) => id !== run.id) ?? [];
  return (
    <>
      <div className="flex min-h-[88px] flex-col gap-3 text-sm">
        {plan.error && <ProblemNotice error={plan.error} onRetry={() => void plan.refetch()} />}
        {!plan.data && !plan.error && <Skeleton rows={2} />}
        {plan.data && (
          <p>
            {words.goes(plan.data)} {others.length > 0 && 'Other deployments among it:'}
            {plan.data.snapshot && others.length === 0 && 'No other deployment is among it.'}
          </p>
        )}
        {others.length > 0 && (
          <ul
            aria-label="Deployments that go as well"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
            tabIndex={0}
            className="max-h-48 overflow-y-auto rounded-lg border border-line bg-sunken px-3 py-1.5"
          >
            {others.map((other) => (
              <li key={other.id} className="flex gap-2 py-1">
                <Link
                  href={deploymentPath(other.id)}
                  onClick={closeRunDialogs}
                  className="font-medium nums hover:underline"
                >
                  {other.project} #{other.number}
                </Link>
              </li>
            ))}
          </ul>
        )}
        {plan.data && <p className="text-ink-dim">{words.stays}</p>}
      </div>
      <DialogActions>
        <Button onClick={closeRunDialogs}>{words.keep}</Button>
        <Button
          variant="danger"
          busy={busy !== null}
          disabled={!plan.data}
          onClick={() => void rollBack()}
        >
          Roll back
        </Button>
      </DialogActions>
    </>
  );
}
