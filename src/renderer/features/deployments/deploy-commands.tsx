import { useQuery } from '@tanstack/react-query';
import { Rocket, X } from 'lucide-react';
import { useLocation } from 'wouter';
import { api, client } from '../../client.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { showProblem } from '../app/show-problem.ts';
import { deploymentPath } from './deployment-path.ts';
import { isFinal } from './final-status.ts';
import { StatusIcon } from './status-icon.tsx';
import { runWord } from './status-words.ts';
import { useDeploy } from './use-deploy.ts';
import { useLatestRun } from './use-latest-run.ts';

/** Deploy and Cancel for the project in view. */
export function DeployCommands({ project, name }: { project: number; name: string }) {
  const { deploy } = useDeploy(project);
  const { latest } = useLatestRun(project);
  return (
    <CommandGroup title={name}>
      <CommandItem
        title={`Deploy ${name}`}
        icon={<Rocket size={15} />}
        shortcut="D"
        keywords={['run', 'script', 'forge']}
        onSelect={deploy}
      />
      {latest && !isFinal(latest.status) && (
        <CommandItem
          title={`Cancel deployment #${latest.number}`}
          icon={<X size={15} />}
          onSelect={() => {
            client.deployments.cancel({ id: latest.id }).catch(showProblem);
          }}
        />
      )}
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
