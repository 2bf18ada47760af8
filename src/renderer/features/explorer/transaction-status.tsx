import { CircleCheck, CircleX } from 'lucide-react';
import type { TransactionLine } from '#main/features/explorer/contract/transactions.ts';
import { statusWord } from '../../core/inside/words.ts';
import { Spinner } from '../../ui/spinner.tsx';

export function TransactionStatus({ status }: Pick<TransactionLine, 'status'>) {
  const named = { size: 15, role: 'img', 'aria-label': statusWord[status] };
  if (status === 'pending') return <Spinner size={15} />;
  if (status === 'success') return <CircleCheck {...named} className="shrink-0 text-ok" />;
  return <CircleX {...named} className="shrink-0 text-bad" />;
}
