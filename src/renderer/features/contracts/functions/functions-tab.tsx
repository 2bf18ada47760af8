import { useMemo } from 'react';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { useAddressChoices } from '../../../core/addresses/address-choices.tsx';
import { useNames } from '../use-names.ts';
import { ReadSection } from './read-section.tsx';
import { SavedCallsSection } from './saved-calls-section.tsx';
import { useUnits } from './use-units.ts';
import { WriteSection } from './write-section.tsx';

interface FunctionsTabProps {
  detail: ContractDetail;
  /** Signature of the function whose form is open. */
  chosen: string | null;
}

/** What a contract says, and what it can be told to do. */
export function FunctionsTab({ detail, chosen }: FunctionsTabProps) {
  const { network } = detail;
  const names = useNames(network);
  const addresses = useAddressChoices(network);
  const units = useUnits(detail);
  const form = useMemo(() => ({ addresses, units }), [addresses, units]);
  return (
    <div className="flex flex-col gap-5">
      <ReadSection detail={detail} names={names} form={form} />
      <SavedCallsSection detail={detail} names={names} />
      <WriteSection detail={detail} names={names} form={form} chosen={chosen} />
    </div>
  );
}
