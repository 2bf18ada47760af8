import { Pencil } from 'lucide-react';
import { useLocation } from 'wouter';
import { useShownTransaction } from '../../../core/inside/shown-transaction.ts';
import { CommandGroup, CommandItem } from '../../../ui/command-item.tsx';
import { editedCall, whyNotEdited } from './edit-call.ts';

/** On the page of a transaction: editing it and sending it anew. */
export function EditCommand() {
  const [, navigate] = useLocation();
  const detail = useShownTransaction();
  if (!detail || whyNotEdited(detail) !== null) return null;
  return (
    <CommandGroup title="Transaction">
      <CommandItem
        title="Edit and resend this transaction"
        icon={<Pencil size={15} />}
        shortcut="E"
        keywords={['change', 'again', 'call']}
        onSelect={() => {
          const path = editedCall(detail);
          if (path !== null) navigate(path);
        }}
      />
    </CommandGroup>
  );
}
