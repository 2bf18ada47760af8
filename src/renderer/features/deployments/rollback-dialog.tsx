import { useQuery } from '@tanstack/react-query';
import { toast } from 'sonner';
import { Link } from 'wouter';
import { api, client } from '../../client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { plural } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { queryClient } from '../app/query-client.ts';
import { showProblem } from '../app/show-problem.ts';
import { useAction } from '../app/use-action.ts';
import { deploymentPath } from './deployment-path.ts';
import { closeRunDialogs, useRunDialogs } from './run-dialogs-state.ts';

type Run = NonNullable<ReturnType<typeof useRunDialogs.getState>['rollback']>;

/** Says what goes before the chain is taken back to the snapshot before a run. */
export function RollbackDialog() {
  const run = useRunDialogs((state) => state.rollback);
  return (
    <Dialog
      title={run ? `Roll back to before ${run.project.name} #${run.number}?` : 'Roll back'}
      description={
        run && `The chain ${run.network} goes back to the automatic snapshot before this run.`
      }
      open={run !== null}
      onClose={closeRunDialogs}
    >
      {run && <Rollback run={run} />}
    </Dialog>
  );
}

function undo(chain: string, snapshot: number): void {
  client.chains
    .revert({ chain, snapshot })
    .then(({ snapshot: { name } }) => toast.success(`${chain} is at “${name}” again`))
    .catch(showProblem);
}

function Rollback({ run }: { run: Run }) {
  const { busy, run: act } = useAction();
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
    void queryClient.invalidateQueries({ queryKey: api.chains.key() });
    void queryClient.invalidateQueries({ queryKey: api.deployments.key() });
    const count = done.gone.length;
    const left = done.leftBehind?.id;
    toast.success(
      `${run.network} is back at “${done.snapshot.name}”${count > 0 ? ` · ${plural(count, 'deployment')} taken back` : ''}`,
      {
        description:
          'A wallet that sent transactions here still counts them: reset this account’s nonce in it.',
        duration: 14_000,
        closeButton: true,
        action: left !== undefined && { label: 'Undo', onClick: () => undo(run.network, left) },
      },
    );
  };
  const others = plan.data?.gone.filter(({ id }) => id !== run.id) ?? [];
  return (
    <>
      <div className="flex min-h-[88px] flex-col gap-3 text-sm">
        {plan.error && <ProblemNotice error={plan.error} onRetry={() => void plan.refetch()} />}
        {!plan.data && !plan.error && <Skeleton rows={2} />}
        {plan.data && (
          <p>
            Everything on {run.network} since “{plan.data.snapshot.name}” goes.{' '}
            {others.length === 0
              ? 'No other deployment is among it.'
              : `Other deployments among it:`}
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
        {plan.data && (
          <p className="text-ink-dim">
            The records stay, marked as reverted. The chain as it is now is kept as a snapshot
            first: going there brings everything back.
          </p>
        )}
      </div>
      <DialogActions>
        <Button onClick={closeRunDialogs}>Keep the chain as it is</Button>
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
