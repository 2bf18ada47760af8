import { useEffect, useMemo } from 'react';
import type { CallInput } from '#main/features/contracts/contract/calls.ts';
import { isAddressShaped } from '#main/shared/hex.ts';
import { type CallPlace, changeCallDraft, useCallDraft } from '../../../core/inside/call-drafts.ts';
import { useAccounts } from '../../../core/queries/use-accounts.ts';
import { AmountField } from '../../../families/contracts/abi/amount-field.tsx';
import {
  AbiFormContext,
  type FormContext,
  usualUnits,
} from '../../../families/contracts/abi/form-context.ts';
import { textProblem } from '../../../families/contracts/abi/typed-value.ts';
import { FieldProblem } from '../../../ui/field.tsx';
import { shortHex } from '../../../ui/format.ts';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import type { ContractFunction } from './contract-function.ts';
import { senderGroups, useSenders } from './senders.tsx';

interface SenderAndValueProps {
  /** As it is typed. */
  call: CallInput;
  /** The call can be made. */
  isComplete: boolean;
  place: CallPlace;
  one: ContractFunction;
  form: Omit<FormContext, 'onEnter'>;
  onEnter(): void;
}

const amount = { of: 'word', name: 'value', type: 'uint256', note: null, choices: null } as const;

/** Who sends a call, and what ether goes with it. */
export function SenderAndValue(props: SenderAndValueProps) {
  const { place, one, call, isComplete, form, onEnter } = props;
  const { from, value = '' } = useCallDraft(place);
  const accounts = useAccounts(place.network);
  const known = useSenders(call, isComplete);
  const { groups, may } = useMemo(
    () => senderGroups(known, form.addresses),
    [known, form.addresses],
  );
  const first = accounts?.[0]?.address ?? '';
  const sender = from ?? first;
  // Where the usual sender may not call, and the contract names one that may, that one is chosen.
  const named = may.find(({ roles }) => roles.length > 0);
  const isChosen =
    from === undefined && named && first !== '' && !may.some((one) => isSame(one.address, first));
  useEffect(() => {
    if (isChosen && named) changeCallDraft(place, { from: named.address });
  }, [isChosen, named, place]);
  const roleOf = may.find((one) => isSame(one.address, sender))?.roles.join(', ');
  const isAccount = accounts?.some((each) => isSame(each.address, sender)) ?? true;
  const wrong = /^\s*0x/i.test(sender) && !isAddressShaped(sender.trim());
  const valueProblem = textProblem(amount, value);
  const isPayable = one.stateMutability === 'payable';
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex min-w-0 flex-wrap items-center gap-2.5">
        <span className="text-xs font-medium text-ink-soft">from</span>
        <div className="flex max-w-[30rem] min-w-52 flex-1">
          <SuggestField
            label="From"
            value={sender}
            groups={groups}
            placeholder="any address: it need not be an account"
            invalid={wrong}
            onChange={(next) => changeCallDraft(place, { from: next })}
            onEnter={onEnter}
          />
        </div>
        {isPayable && (
          <AbiFormContext value={{ addresses: [], units: usualUnits, onEnter }}>
            <span className="text-xs font-medium text-ink-soft">value</span>
            <div className="w-44">
              <AmountField
                type="uint256"
                label="Value"
                value={value}
                quiet
                invalid={valueProblem !== null}
                onChange={(next) => changeCallDraft(place, { value: next })}
              />
            </div>
          </AbiFormContext>
        )}
      </div>
      {wrong ? (
        <FieldProblem>Give an address (0x and 40 hex digits), or pick one.</FieldProblem>
      ) : (
        !isAccount && (
          <p className="text-xs text-ink-dim">
            {isAddressShaped(sender.trim()) ? shortHex(sender) : sender.trim()}
            {roleOf ? ` (${roleOf})` : ''} is impersonated: it is no account of {place.network}, so
            the chain takes the transaction without its key.
          </p>
        )
      )}
      {valueProblem && <FieldProblem>{valueProblem}</FieldProblem>}
    </div>
  );
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.trim().toLowerCase();
