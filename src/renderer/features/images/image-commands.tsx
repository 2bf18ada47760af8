import { Container, Hammer, Trash2 } from 'lucide-react';
import { useLocation } from 'wouter';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { buildImage } from './build-state.ts';
import { imagesPath } from './images-path.ts';
import { useImageRemoval } from './use-images.ts';

export function ImageCommands() {
  const [, navigate] = useLocation();
  const { cleanUp } = useImageRemoval();
  const build = (kind: 'foundry' | 'hardhat', name: string) => {
    navigate(imagesPath);
    void buildImage({ kind }, `Build of ${name}`);
  };
  return (
    <CommandGroup title="Images">
      <CommandItem
        title="Go to Images"
        icon={<Container size={15} />}
        keywords={['docker', 'cache', 'redis', 'clear']}
        onSelect={() => navigate(imagesPath)}
      />
      <CommandItem
        title="Build the Foundry image"
        icon={<Hammer size={15} />}
        keywords={['docker', 'image']}
        onSelect={() => build('foundry', 'Foundry')}
      />
      <CommandItem
        title="Build the Hardhat image"
        icon={<Hammer size={15} />}
        keywords={['docker', 'image']}
        onSelect={() => build('hardhat', 'Hardhat')}
      />
      <CommandItem
        title="Clean up unused images"
        icon={<Trash2 size={15} />}
        keywords={['docker', 'free', 'disk']}
        onSelect={cleanUp}
      />
    </CommandGroup>
  );
}
