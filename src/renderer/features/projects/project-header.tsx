import type { Project } from '#main/features/projects/contract.ts';
import { Badge } from '../../ui/badge.tsx';
import { SnapshotButtons } from '../chains/snapshot-buttons.tsx';
import { useChainActions } from '../chains/use-chain-actions.tsx';
import { DeployButton } from '../deployments/deploy-button.tsx';
import { NetworkPicker } from '../deployments/network-picker.tsx';
import { useChoice } from '../deployments/use-choice.ts';
import { GitLine } from './git-line.tsx';

function ChainButtons({ chain }: { chain: string }) {
  return <SnapshotButtons chain={chain} actions={useChainActions(chain)} />;
}

/** The project, where it goes, and the three things one does all day. */
export function ProjectHeader({ project }: { project: Project }) {
  const { network } = useChoice(project.id);
  return (
    <header className="@container shrink-0 px-5 pt-3.5 pb-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-32">
          <h1 className="truncate text-lg font-semibold" title={project.path}>
            {project.name}
          </h1>
          <div className="flex h-[22px] items-center gap-2">
            <span className="inline-flex @max-3xl:hidden">
              <Badge>Foundry</Badge>
            </span>
            <GitLine project={project.id} />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <NetworkPicker project={project.id} />
          {network && network.kind !== 'remote' && (
            <ChainButtons key={network.name} chain={network.name} />
          )}
          <DeployButton project={project.id} />
        </div>
      </div>
    </header>
  );
}
