import { useQuery } from '@tanstack/react-query';
import { Brush, ScrollText } from 'lucide-react';
import { useLocation } from 'wouter';
import { api } from '../../core/client.ts';
import { showTab } from '../../core/panel/panel-store.ts';
import { containersPath } from '../../core/paths.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';

/** The palette's commands for containers, where Docker is available. */
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
          goes
          icon={<ScrollText size={15} />}
          detail={kind}
          keywords={['docker', 'logs', kind]}
          onSelect={() => showTab({ kind: 'container', id, title, of: kind })}
        />
      ))}
      <CommandItem
        title="Clean up orphaned containers"
        goes
        icon={<Brush size={15} />}
        keywords={['docker', 'orphans', 'volumes', 'prune']}
        onSelect={() => navigate(containersPath)}
      />
    </CommandGroup>
  );
}
