import { useQuery } from '@tanstack/react-query';
import { Hammer, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import { api } from '../../core/client.ts';
import { imagesPath } from '../../core/paths.ts';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { buildImage } from './build-state.ts';
import { useImageRemoval } from './use-images.ts';

export function ImageCommands() {
  const [, navigate] = useLocation();
  const { cleanUp } = useImageRemoval();
  const { data: standard = [] } = useQuery(api.images.standard.queryOptions());
  const build = (kind: string, name: string) => {
    navigate(imagesPath);
    void buildImage({ kind }, `Build of ${name}`);
  };
  return (
    <CommandGroup title="Images">
      {standard.map(({ id, label }) => (
        <CommandItem
          key={id}
          title={`Build the ${label} image`}
          icon={<Hammer size={15} />}
          keywords={['docker', 'image']}
          onSelect={() => build(id, label)}
        />
      ))}
      <CommandItem
        title="Clean up unused images"
        icon={<Trash2 size={15} />}
        keywords={['docker', 'free', 'disk']}
        destroys={{
          question: 'Clean up unused images?',
          text: 'Images that no container uses are deleted. They are built again when they are needed.',
          confirm: 'Clean up',
        }}
        onSelect={cleanUp}
      />
    </CommandGroup>
  );
}
