import { useQuery } from '@tanstack/react-query';
import { UserCheck } from 'lucide-react';
import { useMemo } from 'react';
import type { ContractDetail } from '#main/features/contracts/contract.ts';
import { isAddressShaped } from '#main/shared/hex.ts';
import { api } from '../../../core/client.ts';
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
import { SuggestField, type SuggestionGroup } from '../../../ui/suggest-field.tsx';
import { type CallPlace, changeCallDraft, useCallDraft } from './call-drafts.ts';
import type { ContractFunction } from './contract-function.ts';

interface SenderAndValueProps {
  place: CallPlace;
  one: ContractFunction;
  form: Omit<FormContext, 'onEnter'>;
  detail: ContractDetail;
  onEnter(): void;
}

const amount = { of: 'word', name: 'value', type: 'uint256', note: null } as const;

/** Who sends a call, and what ether goes with it. */
export function SenderAndValue({ place, one, form, detail, onEnter }: SenderAndValueProps) {
  const { from, value = '' } = useCallDraft(place);
  const accounts = useAccounts(place.network);
  const roles = useRoles(detail);
  const groups = useMemo(() => [...roles, ...form.addresses], [roles, form.addresses]);
  const sender = from ?? accounts?.[0]?.address ?? '';
  const isAccount = accounts?.some((each) => isSame(each.address, sender)) ?? true;
  const wrong = sender !== '' && !isAddressShaped(sender.trim());
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
            {shortHex(sender)} is impersonated: it is no account of {place.network}, so the chain
            takes the transaction without its key.
          </p>
        )
      )}
      {valueProblem && <FieldProblem>{valueProblem}</FieldProblem>}
    </div>
  );
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.trim().toLowerCase();

const roleIcon = <UserCheck aria-hidden="true" size={14} />;

/** Functions that tell who may do what. */
const role =
  /owner|admin|govern|guardian|minter|keeper|operator|controller|manager|authority|treasury/i;

/** Addresses that the contract itself names as its owner or the like. */
function useRoles({ network, address }: ContractDetail): readonly SuggestionGroup[] {
  const { data } = useQuery(
    api.contracts.readAll.queryOptions({ input: { network, contract: address } }),
  );
  return useMemo(() => {
    const items = (data?.functions ?? []).flatMap(({ function: signature, value }) => {
      const name = signature.slice(0, -2);
      const isOne =
        role.test(name) &&
        typeof value === 'string' &&
        isAddressShaped(value) &&
        !/^0x0+$/.test(value);
      if (!isOne) return [];
      return [{ value, name, about: shortHex(value), icon: roleIcon }];
    });
    return items.length > 0 ? [{ title: 'Named by the contract', items }] : [];
  }, [data]);
}
