import { useQuery } from '@tanstack/react-query';
import {
  Anvil,
  Container,
  GitFork,
  Hammer,
  HardDrive,
  History,
  Layers,
  LayoutDashboard,
  LifeBuoy,
  ListOrdered,
  MailWarning,
  Plus,
  Radio,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import type { Network } from '#main/features/networks/contract.ts';
import type { Project } from '#main/features/projects/contract.ts';
import { api } from '../client.ts';
import { useInfo } from '../features/app/use-info.ts';
import { chainPath } from '../features/chains/chain-path.ts';
import { chainTone, chainWord } from '../features/chains/chain-words.ts';
import { useChains } from '../features/chains/use-chain.ts';
import { containersPath } from '../features/containers/containers-path.ts';
import { useRunningContainers } from '../features/containers/use-containers.ts';
import { dataPath } from '../features/data/data-path.ts';
import { storageWord } from '../features/data/storage-word.ts';
import {
  deadLettersPath,
  historyPath,
  queuePath,
} from '../features/deployments/deployment-path.ts';
import { runTone, runWord } from '../features/deployments/status-words.ts';
import { useDeadLetterCount } from '../features/deployments/use-dead-letters.ts';
import { useLatestRun } from '../features/deployments/use-latest-run.ts';
import { useQueue } from '../features/deployments/use-queue.ts';
import { doctorPath } from '../features/doctor/doctor-path.ts';
import { doctorTone, doctorWord } from '../features/doctor/doctor-words.ts';
import { useDoctor } from '../features/doctor/use-doctor.ts';
import { imagesPath } from '../features/images/images-path.ts';
import { networksPath } from '../features/networks/networks-path.ts';
import { openAddProject } from '../features/projects/add-project-state.ts';
import { projectPath } from '../features/projects/project-path.ts';
import { useProjects } from '../features/projects/use-projects.ts';
import { count } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { SidebarItem } from './sidebar-item.tsx';

function Heading({ children, action }: { children: string; action?: ReactNode }) {
  return (
    <div className="mt-3 flex h-[26px] items-center justify-between pr-1 pl-2">
      <h2 className="text-2xs font-medium tracking-wide text-ink-dim uppercase">{children}</h2>
      {action}
    </div>
  );
}

function ProjectItem({ project }: { project: Project }) {
  const { latest } = useLatestRun(project.id);
  const running = useQueue().data?.running.find((run) => run.project.id === project.id);
  const shown = running ?? latest;
  const tone = project.missing ? 'warn' : shown ? runTone(shown) : 'idle';
  const word = project.missing ? 'folder missing' : shown ? runWord(shown) : 'never deployed';
  return (
    <SidebarItem
      href={projectPath(project.id)}
      within={`${projectPath(project.id)}/`}
      icon={<Hammer size={15} />}
      end={<StateDot tone={tone} label={word} />}
    >
      {project.name}
    </SidebarItem>
  );
}

function ChainItem({ chain }: { chain: Chain }) {
  const running = chain.status === 'running';
  return (
    <SidebarItem
      href={chainPath(chain.name)}
      icon={chain.kind === 'fork' ? <GitFork size={15} /> : <Anvil size={15} />}
      end={
        running ? (
          <span className="font-mono text-2xs text-ok nums">#{count(chain.blockNumber)}</span>
        ) : chain.problem ? (
          <StateDot tone={chainTone(chain)} label={chainWord(chain)} />
        ) : (
          <span className="text-2xs text-ink-dim">{chainWord(chain)}</span>
        )
      }
    >
      {chain.name}
    </SidebarItem>
  );
}

/** What stands in the sidebar: what was ever used, or is the user's own. The rest is one click away. */
function isAtHand(network: Network, chain: Chain | undefined): boolean {
  if (network.name === 'local' || network.source === 'user') return true;
  return chain !== undefined && (chain.status === 'running' || chain.savedAt !== null);
}

export function Sidebar() {
  const [, navigate] = useLocation();
  const projects = useProjects().data;
  const chains = useChains().data ?? [];
  const networks = useQuery(api.networks.list.queryOptions()).data ?? [];
  const runs = useQuery(api.deployments.list.queryOptions({ input: { limit: 1 } })).data;
  const report = useDoctor().data;
  const storage = useInfo().data?.storage;
  const queue = useQueue().data;
  const busy = queue && queue.running.length + queue.waiting.length > 0;
  const dead = useDeadLetterCount();
  const containers = useRunningContainers();

  const chainOf = (name: string) => chains.find((chain) => chain.name === name);
  const atHand = networks.filter((network) => isAtHand(network, chainOf(network.name)));
  const others = networks.length - atHand.length;

  return (
    <nav
      aria-label="Main"
      className="flex w-[216px] shrink-0 flex-col overflow-y-auto border-r border-line bg-panel p-2 max-xl:w-[192px]"
    >
      <SidebarItem href="/" icon={<LayoutDashboard size={15} />}>
        Overview
      </SidebarItem>

      <Heading
        action={
          <IconButton label="Add project" icon={<Plus size={15} />} onClick={openAddProject} />
        }
      >
        Projects
      </Heading>
      {projects?.map((project) => (
        <ProjectItem key={project.id} project={project} />
      ))}
      {projects?.length === 0 && (
        <button
          type="button"
          onClick={openAddProject}
          className="mx-1 rounded-md border border-dashed border-line-strong px-2 py-1.5 text-left text-xs text-ink-dim hover:bg-hover"
        >
          Add a Foundry project to begin
        </button>
      )}

      <Heading
        action={
          <IconButton
            label="Networks"
            icon={<Plus size={15} />}
            onClick={() => navigate(networksPath)}
          />
        }
      >
        Chains
      </Heading>
      {atHand.map((network) => {
        const chain = chainOf(network.name);
        return chain ? (
          <ChainItem key={network.name} chain={chain} />
        ) : (
          network.kind === 'remote' && (
            <SidebarItem
              key={network.name}
              href={networksPath}
              icon={<Radio size={15} />}
              end={<span className="text-2xs text-ink-dim">remote</span>}
              quiet
            >
              {network.name}
            </SidebarItem>
          )
        );
      })}
      <SidebarItem
        href={networksPath}
        icon={<Radio size={15} />}
        end={others > 0 && <span className="text-2xs text-ink-dim nums">{networks.length}</span>}
      >
        All networks
      </SidebarItem>

      <Heading>Runtime</Heading>
      <SidebarItem
        href={queuePath}
        icon={<ListOrdered size={15} />}
        end={
          busy && (
            <span className="flex shrink-0 items-center gap-1.5 text-2xs nums">
              {queue.running.length > 0 && (
                <span className="text-accent">{queue.running.length} run</span>
              )}
              {queue.waiting.length > 0 && (
                <span className="text-ink-dim">{queue.waiting.length} wait</span>
              )}
            </span>
          )
        }
      >
        Queue
      </SidebarItem>
      <SidebarItem
        href={deadLettersPath}
        icon={<MailWarning size={15} />}
        end={dead > 0 && <span className="text-2xs text-bad nums">{count(dead)}</span>}
      >
        Dead letters
      </SidebarItem>
      <SidebarItem
        href={historyPath}
        icon={<History size={15} />}
        end={runs && <span className="text-2xs text-ink-dim nums">{count(runs.total)}</span>}
      >
        History
      </SidebarItem>
      <SidebarItem href={imagesPath} icon={<Layers size={15} />}>
        Images
      </SidebarItem>
      <SidebarItem
        href={containersPath}
        icon={<Container size={15} />}
        end={
          containers !== undefined &&
          containers > 0 && (
            <span className="text-2xs text-ink-dim nums" title={`${containers} running`}>
              {containers}
            </span>
          )
        }
      >
        Containers
      </SidebarItem>
      <SidebarItem
        href={dataPath}
        icon={<HardDrive size={15} />}
        end={
          storage &&
          storage !== 'ok' && <span className="text-2xs text-bad">{storageWord[storage]}</span>
        }
      >
        Data
      </SidebarItem>

      <div className="min-h-3 flex-1" />
      <SidebarItem
        href={doctorPath}
        icon={<LifeBuoy size={15} />}
        end={
          report && <StateDot tone={doctorTone[report.status]} label={doctorWord[report.status]} />
        }
      >
        Doctor
      </SidebarItem>
    </nav>
  );
}
