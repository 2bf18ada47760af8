import { useQuery } from '@tanstack/react-query';
import { ListOrdered, Rocket, Timer } from 'lucide-react';
import { useLocation } from 'wouter';
import { api } from '../../client.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { projectPath } from '../projects/project-path.ts';
import { useDraft, useDrafts } from './deploy-draft.ts';
import { deploymentPath } from './deployment-path.ts';
import { priorities, priorityWord } from './queue-words.ts';
import { RunCommands } from './run-commands.tsx';
import { StatusIcon } from './status-icon.tsx';
import { runWord } from './status-words.ts';
import { useDeploy } from './use-deploy.ts';

/** Deploy, and what can be done with the run in view. */
export function DeployCommands({ project, name }: { project: number; name: string }) {
  const { deploy } = useDeploy(project);
  return (
    <CommandGroup title={name}>
      <CommandItem
        title={`Deploy ${name}`}
        icon={<Rocket size={15} />}
        shortcut="D"
        keywords={['run', 'script', 'forge']}
        onSelect={deploy}
      />
      <RunCommands project={project} />
    </CommandGroup>
  );
}

/** How a project's deploys stand in the queue, and how long they may take. */
export function DeployOptionCommands({ project, name }: { project: number; name: string }) {
  const draft = useDraft(project);
  const change = useDrafts((state) => state.change);
  const [, navigate] = useLocation();
  return (
    <CommandGroup title={`Deploys of ${name}`}>
      {priorities
        .filter((level) => level !== (draft.priority ?? 0))
        .map((level) => (
          <CommandItem
            key={level}
            title={`Deploy ${name} with ${priorityWord(level).toLowerCase()} priority from now on`}
            icon={<ListOrdered size={15} />}
            keywords={['queue', 'first', 'last']}
            onSelect={() => change(project, { priority: level === 0 ? undefined : level })}
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
        onSelect={() => change(project, { replaceWaiting: !draft.replaceWaiting })}
      />
      <CommandItem
        title={`Change the time limits of ${name}`}
        icon={<Timer size={15} />}
        keywords={['timeout', 'settings']}
        onSelect={() => navigate(projectPath(project, 'settings'))}
      />
    </CommandGroup>
  );
}

/** The latest deployments of every project. */
export function DeploymentCommands() {
  const [, navigate] = useLocation();
  const page = useQuery(api.deployments.list.queryOptions({ input: { limit: 30 } })).data;
  if (!page || page.items.length === 0) return null;
  return (
    <CommandGroup title="Deployments">
      {page.items.map((run) => (
        <CommandItem
          key={run.id}
          id={run.id}
          title={`${run.project.name} #${run.number}`}
          icon={<StatusIcon run={run} />}
          detail={`${runWord(run)} · ${run.network}`}
          keywords={[run.script, run.network, run.status]}
          onSelect={() => navigate(deploymentPath(run.id))}
        />
      ))}
    </CommandGroup>
  );
}
