import { Eye, FileCode, ListOrdered, Rocket, Timer } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Project } from '#main/features/projects/contract.ts';
import type { InView } from '../../../core/feature/slots.ts';
import { projectPath } from '../../../core/paths.ts';
import { CommandGroup, CommandItem } from '../../../ui/command-item.tsx';
import { useDraft, useDrafts } from '../request/deploy-draft.ts';
import { priorities, priorityWord } from '../request/priority.ts';
import { useEntries } from '../request/use-entries.ts';
import { RunCommands } from '../run/run-commands.tsx';
import { useWatchMode } from '../watch/use-watch.ts';
import { DefaultsCommands } from './deploy-defaults.tsx';
import { useDeploy } from './use-deploy.ts';

function Deploy({ project: { id, name } }: { project: Project }) {
  const { deploy } = useDeploy(id);
  const { watch, isOffered, toggle } = useWatchMode(id);
  return (
    <CommandGroup title={name}>
      <CommandItem
        title={`Deploy ${name}`}
        icon={<Rocket size={15} />}
        shortcut="D"
        keywords={['run', 'script', 'start']}
        onSelect={deploy}
      />
      {isOffered && (
        <CommandItem
          title={watch ? `Stop watching ${name}` : `Watch ${name}: deploy after each change`}
          icon={<Eye size={15} />}
          shortcut="W"
          keywords={['save', 'redeploy', 'auto', 'live']}
          onSelect={toggle}
        />
      )}
      <RunCommands project={id} />
    </CommandGroup>
  );
}

function Options({ project }: { project: Project }) {
  const { id, name } = project;
  const draft = useDraft(id);
  const change = useDrafts((state) => state.change);
  const [, navigate] = useLocation();
  return (
    <CommandGroup title={`Deploys of ${name}`}>
      <Entries project={project} />
      {priorities
        .filter((level) => level !== (draft.priority ?? 0))
        .map((level) => (
          <CommandItem
            key={level}
            title={`Deploy ${name} with ${priorityWord(level).toLowerCase()} priority from now on`}
            icon={<ListOrdered size={15} />}
            keywords={['queue', 'first', 'last']}
            onSelect={() => change(id, { priority: level === 0 ? undefined : level })}
          />
        ))}
      <CommandItem
        title={
          draft.replaceWaiting
            ? `Let deploys of ${name} wait one after the other`
            : `Let the newest deploy of ${name} replace waiting ones`
        }
        icon={<ListOrdered size={15} />}
        keywords={['queue', 'newest']}
        onSelect={() => change(id, { replaceWaiting: !draft.replaceWaiting })}
      />
      <DefaultsCommands project={id} name={name} />
      <CommandItem
        title={`Change the time limits of ${name}`}
        icon={<Timer size={15} />}
        keywords={['timeout', 'settings']}
        onSelect={() => navigate(projectPath(id, 'settings'))}
      />
    </CommandGroup>
  );
}

/** So many entries of a project are among the commands. */
const MOST_ENTRIES = 100;

/** What can be deployed in a project: choosing one shows its form. */
function Entries({ project: { id } }: { project: Project }) {
  const found = useEntries(id);
  return found?.entries
    .slice(0, MOST_ENTRIES)
    .map(({ value, label, group }) => (
      <CommandItem
        key={value}
        id={value}
        title={`Deploy ${label}…`}
        icon={<FileCode size={15} />}
        detail={value === label ? group : value}
        keywords={['contract', 'script', 'choose']}
        onSelect={() => found.choose(value)}
      />
    ));
}

/** Deploy, and actions on the shown run. */
export function DeployCommands({ project }: InView) {
  return project && <Deploy project={project} />;
}

/** The options of a project's deployments in the queue, and their time limits. */
export function DeployOptionCommands({ project }: InView) {
  return project && <Options project={project} />;
}
