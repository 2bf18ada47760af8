import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api } from '../../../core/client.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { StatusIcon } from '../../../core/words/run-icon.tsx';
import { runWord } from '../../../core/words/run-words.ts';
import { CommandGroup, CommandItem } from '../../../ui/command-item.tsx';

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
          detail={`${runWord(run)} · ${run.target}`}
          keywords={[run.title, run.target, run.status]}
          onSelect={() => navigate(deploymentPath(run.id))}
        />
      ))}
    </CommandGroup>
  );
}
