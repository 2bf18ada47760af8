import { Pencil } from 'lucide-react';
import { useLocation } from 'wouter';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { keys } from '../../../core/keys/keys.ts';
import { useKey } from '../../../core/keys/use-key.ts';
import { Button } from '../../../ui/button.tsx';
import { editedCall, whyNotEdited } from './edit-call.ts';

/** Opens the form of the function that a transaction calls, filled as it was sent; E does the same. */
export function EditAndResend({ detail }: { detail: TransactionDetail }) {
  const [, navigate] = useLocation();
  const problem = whyNotEdited(detail);
  const edit = () => {
    const path = editedCall(detail);
    if (path !== null) navigate(path);
  };
  useKey(keys.editAndResend, edit, { enabled: problem === null });
  return (
    <Button
      shortcut="E"
      icon={<Pencil aria-hidden="true" size={14} />}
      disabled={problem !== null}
      title={problem ?? 'Change what it was called with, and send it anew'}
      onClick={edit}
    >
      Edit and resend
    </Button>
  );
}
