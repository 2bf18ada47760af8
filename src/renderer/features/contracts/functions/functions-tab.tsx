import type { ContractDetail } from '#main/features/contracts/contract.ts';
import { useNames } from '../use-names.ts';
import { ReadSection } from './read-section.tsx';

interface FunctionsTabProps {
  detail: ContractDetail;
  /** Signature of the function whose form is open. */
  chosen: string | null;
}

/** What a contract says, and what it can be told to do. */
export function FunctionsTab({ detail }: FunctionsTabProps) {
  const names = useNames(detail.network);
  return (
    <div className="flex flex-col gap-5">
      <ReadSection detail={detail} names={names} />
    </div>
  );
}
