import { Hammer, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { shortHex } from '../../ui/format.ts';
import { openAddProject } from './add-project-state.ts';
import { projectPath } from './project-path.ts';
import { useLiveContracts } from './use-live-contracts.ts';
import { useProjects } from './use-projects.ts';

export function ProjectCommands() {
  const [, navigate] = useLocation();
  const projects = useProjects().data ?? [];
  return (
    <CommandGroup title="Projects">
      {projects.map((project) => (
        <CommandItem
          key={project.id}
          id={project.id}
          title={`Go to ${project.name}`}
          icon={<Hammer size={15} />}
          detail={project.path}
          onSelect={() => navigate(projectPath(project.id))}
        />
      ))}
      <CommandItem
        title="Add project…"
        icon={<Plus size={15} />}
        keywords={['folder', 'open', 'new']}
        onSelect={openAddProject}
      />
    </CommandGroup>
  );
}

/** The live contracts of the project in view: choosing one copies its address. */
export function ContractCommands({ project }: { project: number }) {
  const { contracts } = useLiveContracts(project);
  if (contracts.length === 0) return null;
  return (
    <CommandGroup title="Contracts">
      {contracts.map((contract) => (
        <CommandItem
          key={contract.address}
          id={contract.address}
          title={`Copy the address of ${contract.name ?? 'a contract'}`}
          detail={shortHex(contract.address)}
          keywords={[contract.address, contract.transactionHash]}
          onSelect={() => void copyText(contract.address, 'address')}
        />
      ))}
    </CommandGroup>
  );
}
