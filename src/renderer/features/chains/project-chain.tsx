import type { Project } from '#main/features/projects/contract.ts';
import { useTarget } from '../../core/queries/use-target.ts';
import { SnapshotButtons } from './snapshots/snapshot-buttons.tsx';
import { useChainActions } from './use-chain-actions.tsx';

function Buttons({ chain }: { chain: string }) {
  return <SnapshotButtons chain={chain} actions={useChainActions(chain)} />;
}

/** Snapshot and Revert of the chain that a project is deployed to. */
export function ProjectChain({ project }: { project: Project }) {
  const target = useTarget(project.id);
  if (!target || target.kind === 'remote' || target.kind === 'runtime') return null;
  return <Buttons key={target.name} chain={target.name} />;
}
