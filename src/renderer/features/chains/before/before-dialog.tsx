import { useQuery } from '@tanstack/react-query';
import { api } from '../../../core/client.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { useChains } from '../../../core/queries/use-chains.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { count, plural } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useChainActions } from '../use-chain-actions.tsx';
import { closeBefore, useAskedBefore } from './before-dialog-state.ts';

/** Says what going back to before a transaction takes along, and does it when that is wanted. */
export function BeforeDialog() {
  const asked = useAskedBefore((state) => state.asked);
  return (
    <Dialog
      title={asked ? `Revert ${asked.chain} to before this transaction` : 'Revert'}
      open={asked !== null}
      onClose={closeBefore}
    >
      {asked && <Before {...asked} />}
    </Dialog>
  );
}

function Before({ chain, hash }: { chain: string; hash: string }) {
  const input = { network: chain, hash };
  const before = useQuery(api.explorer.before.queryOptions({ input, staleTime: 0 }));
  const head = useChains().data?.find(({ name }) => name === chain)?.blockNumber ?? null;
  const actions = useChainActions(chain);
  const { snapshot, isExact, problem } = before.data ?? {};
  const blocks = snapshot && head !== null ? head - snapshot.blockNumber : null;
  return (
    <>
      <div className="flex min-h-[66px] flex-col gap-3 text-sm">
        {before.error && <ProblemNotice error={before.error} />}
        {before.isPending && <Skeleton rows={2} />}
        {problem && <p>{problem}</p>}
        {snapshot && (
          <p>
            The chain goes back to “{snapshot.name}”, block {count(snapshot.blockNumber)}
            {blocks !== null && blocks > 0 && (
              <>
                : the {plural(blocks, 'block')} since then, and what was deployed in them, are gone
              </>
            )}
            .{' '}
            {!isExact &&
              'It is the nearest one: transactions that were mined between it and this one go as well.'}
          </p>
        )}
        {snapshot && (
          <p className="text-ink-dim">
            What it is now is kept as a snapshot first: it can be undone.
          </p>
        )}
      </div>
      <DialogActions>
        <Button onClick={closeBefore}>Cancel</Button>
        <Button
          variant="danger"
          disabled={!snapshot}
          busy={actions.busy === 'revert'}
          onClick={() => {
            if (!snapshot) return;
            closeBefore();
            actions.revert(snapshot.id);
          }}
        >
          Revert {chain}
        </Button>
      </DialogActions>
    </>
  );
}
