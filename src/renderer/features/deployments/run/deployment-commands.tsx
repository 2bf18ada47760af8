import { useQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useContext } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../../core/client.ts';
import type { InView } from '../../../core/feature/slots.ts';
import { logTabOf } from '../../../core/panel/log-tab.ts';
import { showTab } from '../../../core/panel/panel-store.ts';
import { deploymentPath } from '../../../core/paths.ts';
import { StatusIcon } from '../../../core/words/run-icon.tsx';
import { runWord } from '../../../core/words/run-words.ts';
import { CommandGroup, CommandItem } from '../../../ui/command-item.tsx';
import { CommandText } from '../../../ui/command-list.ts';

/** The latest deployments of every project, and the log of the last one, of the project in view first. */
export function DeploymentCommands({ project }: InView) {
  const [, navigate] = useLocation();
  const page = useQuery(api.deployments.list.queryOptions({ input: { limit: 30 } })).data;
  const text = useContext(CommandText).trim();
  if (!page || page.items.length === 0) return null;
  const latest = page.items.find((run) => run.project.id === project?.id) ?? page.items[0];
  return (
    <CommandGroup title="Deployments">
      {latest && (
        <CommandItem
          title={`Show the log of ${latest.project.name} #${latest.number}`}
          name="Log"
          goes
          icon={<ScrollText size={15} />}
          keywords={['terminal', 'output']}
          onSelect={() => {
            navigate(deploymentPath(latest.id));
            showTab(logTabOf(latest));
          }}
        />
      )}
      {/* With a text the core finds them, older ones as well. */}
      {text === '' &&
        page.items.map((run) => (
          <CommandItem
            key={run.id}
            id={run.id}
            title={`${run.project.name} #${run.number}`}
            goes
            icon={<StatusIcon run={run} />}
            detail={`${runWord(run)} · ${run.target}`}
            keywords={[run.title, run.target, run.status]}
            onSelect={() => navigate(deploymentPath(run.id))}
          />
        ))}
    </CommandGroup>
  );
}
