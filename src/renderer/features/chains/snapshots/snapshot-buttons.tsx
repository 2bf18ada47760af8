import { useQuery } from '@tanstack/react-query';
import { Camera, Undo2 } from 'lucide-react';
import { useRoute } from 'wouter';
import { api } from '../../../core/client.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { routes } from '../../../core/paths.ts';
import { useChains } from '../../../core/queries/use-chains.ts';
import { ask } from '../../../core/questions/question.ts';
import { Button } from '../../../ui/button.tsx';
import { revertQuestion } from '../revert-question.ts';
import type { ChainActions } from '../use-chain-actions.tsx';

/** Snapshot and Revert of one chain, with their keys S and R. */
export function SnapshotButtons({ chain, actions }: { chain: string; actions: ChainActions }) {
  const running = useChains().data?.find(({ name }) => name === chain)?.status === 'running';
  const snapshots = useQuery(api.chains.snapshots.queryOptions({ input: { chain } })).data;
  const nothing = snapshots?.length === 0;
  useKey(keys.snapshot, () => void actions.snapshot(), { enabled: running });
  // There it takes the chain back to before the transaction.
  const [isTransaction] = useRoute(routes.transaction);
  const askToRevert = () => {
    const { question, ...rest } = revertQuestion(chain, 'to before the last deployment');
    ask({ title: question, ...rest, act: () => actions.revert() });
  };
  useKey(keys.revert, askToRevert, { enabled: !isTransaction && !nothing });
  return (
    <>
      <Button
        shortcut="S"
        icon={<Camera aria-hidden="true" size={15} />}
        disabled={!running}
        aria-busy={actions.busy === 'snapshot' || undefined}
        title={running ? `Keep ${chain} as it is now` : `${chain} isn’t running`}
        onClick={(event) => {
          if (event.detail < 2) void actions.snapshot();
        }}
      >
        Snapshot
      </Button>
      <Button
        shortcut={isTransaction ? undefined : 'R'}
        icon={<Undo2 aria-hidden="true" size={15} />}
        disabled={nothing}
        aria-busy={actions.busy === 'revert' || undefined}
        title={
          nothing
            ? `${chain} has no snapshot to go back to; each deployment takes one first`
            : `Take ${chain} back to where the last deployment started`
        }
        onClick={(event) => {
          if (event.detail < 2) actions.revert();
        }}
      >
        Revert
      </Button>
    </>
  );
}
