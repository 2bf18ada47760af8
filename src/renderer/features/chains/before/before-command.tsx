import { Undo2 } from 'lucide-react';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { useShownTransaction } from '../../../core/inside/shown-transaction.ts';
import { CommandGroup, CommandItem } from '../../../ui/command-item.tsx';
import { askBefore } from './before-dialog-state.ts';
import { useBefore, whyNotBefore } from './use-before.ts';

/** On the page of a transaction: taking its chain back to before it. */
export function BeforeCommand() {
  const detail = useShownTransaction();
  return detail ? <Command detail={detail} /> : null;
}

function Command({ detail }: { detail: TransactionDetail }) {
  const before = useBefore(detail);
  if (whyNotBefore(detail, before) !== null) return null;
  const { network: chain, hash } = detail;
  return (
    <CommandGroup title="Transaction">
      <CommandItem
        title={`Revert ${chain} to before this transaction`}
        icon={<Undo2 size={15} />}
        shortcut="R"
        keywords={['undo', 'back']}
        destroys="asks itself"
        onSelect={() => askBefore({ chain, hash })}
      />
    </CommandGroup>
  );
}
