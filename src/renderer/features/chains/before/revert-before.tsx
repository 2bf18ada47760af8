import { Undo2 } from 'lucide-react';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { Button } from '../../../ui/button.tsx';
import { askBefore } from './before-dialog-state.ts';
import { useBefore, whyNotBefore } from './use-before.ts';

/** Takes the chain back to before a transaction, once that is confirmed; R does the same. */
export function RevertBefore({ detail }: { detail: TransactionDetail }) {
  const before = useBefore(detail);
  const problem = whyNotBefore(detail, before);
  const { network: chain, hash } = detail;
  const ask = () => askBefore({ chain, hash });
  useKey(keys.revertBefore, ask, { enabled: problem === null });
  return (
    <Button
      shortcut="R"
      icon={<Undo2 aria-hidden="true" size={15} />}
      disabled={problem !== null}
      title={problem ?? `Take ${chain} back to “${before?.snapshot?.name}”`}
      onClick={ask}
    >
      Revert to before it
    </Button>
  );
}
