import { Eraser } from 'lucide-react';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { useClearCache } from './use-clear-cache.ts';

export function CompileCacheCommands() {
  const { clear } = useClearCache();
  return (
    <CommandGroup title="Compile cache">
      <CommandItem
        title="Clear the compile cache"
        icon={<Eraser size={15} />}
        keywords={['clean', 'compiler', 'artifacts']}
        destroys={{
          question: 'Clear the compile cache?',
          text: 'The next run of each project compiles everything again.',
          confirm: 'Clear it',
        }}
        onSelect={clear}
      />
    </CommandGroup>
  );
}
