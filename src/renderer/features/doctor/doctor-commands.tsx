import { Wrench } from 'lucide-react';
import { CommandGroup, CommandItem } from '../../ui/command-item.tsx';
import { useReconcile } from './use-reconcile.ts';

export function DoctorCommands() {
  const { reconcile } = useReconcile();
  return (
    <CommandGroup title="Doctor">
      <CommandItem
        title="Check for repairs now"
        icon={<Wrench size={15} />}
        keywords={['reconcile', 'doctor', 'orphans', 'stuck']}
        onSelect={reconcile}
      />
    </CommandGroup>
  );
}
