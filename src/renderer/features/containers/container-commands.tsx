import { useQuery } from '@tanstack/react-query';
import { Brush, ScrollText } from 'lucide-react';
import { useLocation } from 'wouter';
import { api } from '../../client.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { showContainerLog } from './container-log-state.ts';
import { containersPath } from './containers-path.ts';

/** What the command palette offers about containers, where there is a Docker. */
export function ContainerCommands() {
  const { data, error } = useQuery(api.containers.list.queryOptions());
  const [, navigate] = useLocation();
  if (!data || error) return null;
  return (
    <CommandGroup title="Containers">
      {data.map(({ id, title, kind }) => (
        <CommandItem
          key={id}
          id={id}
          title={`Show the container log of ${title}`}
          icon={<ScrollText size={15} />}
          detail={kind}
          keywords={['docker', 'logs', kind]}
          onSelect={() => showContainerLog({ id, title, kind })}
        />
      ))}
      <CommandItem
        title="Clean up orphaned containers"
        icon={<Brush size={15} />}
        keywords={['docker', 'orphans', 'volumes', 'prune']}
        onSelect={() => navigate(containersPath)}
      />
    </CommandGroup>
  );
}
