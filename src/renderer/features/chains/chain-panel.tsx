import { Slot } from '../../core/feature/slot.tsx';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useChain } from '../../core/queries/use-chains.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { ChainHeader } from './chain-header.tsx';
import { ChainProblem } from './chain-problem.tsx';
import { ChainStats } from './chain-stats.tsx';
import { ChainTools } from './chain-tools.tsx';
import { SnapshotTimeline } from './snapshots/snapshot-timeline.tsx';
import { useChainActions } from './use-chain-actions.tsx';

/** The chain beside the open page; a remote network has a panel of its own. */
export function ChainPanel({ target }: { target: string }) {
  const network = useNetworks().data?.find(({ name }) => name === target);
  return network?.kind === 'remote' ? null : <OneChain key={target} name={target} />;
}

function OneChain({ name }: { name: string }) {
  const { data: chain, error, refetch } = useChain(name);
  const actions = useChainActions(name);
  if (error && !chain) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!chain) return null;
  return (
    <div className="flex flex-col gap-4">
      <ChainHeader chain={chain} actions={actions} />
      <ChainProblem chain={chain} actions={actions} />
      <ChainStats chain={chain} />
      <ChainTools chain={chain} actions={actions} />
      <SnapshotTimeline chain={chain} actions={actions} />
      <Slot name="chain.sections" chain={chain} />
    </div>
  );
}
