import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import { useAddressChoices } from '../../../core/addresses/address-choices.tsx';
import { api } from '../../../core/client.ts';
import { shapeOf } from '../../../families/contracts/abi/abi-shape.ts';
import { AbiFormContext, usualUnits } from '../../../families/contracts/abi/form-context.ts';
import { WordField } from '../../../families/contracts/abi/word-field.tsx';
import { Combobox } from '../../../ui/combobox.tsx';

/** As it is typed: empty values filter nothing. */
export interface TypedFilter {
  /** Signature; null: all events. */
  event: string | null;
  where: Readonly<Record<string, string>>;
}

interface EventFilterFieldsProps {
  detail: ContractDetail;
  filter: TypedFilter;
  onChange(filter: TypedFilter): void;
}

const all = '';

/** Chooses an event, and values of its indexed arguments. */
export function EventFilterFields({ detail, filter, onChange }: EventFilterFieldsProps) {
  const { network, events } = detail;
  const { event, where } = filter;
  const indexed = useIndexed(detail, event);
  const addresses = useAddressChoices(network);
  const form = useMemo(() => ({ addresses, units: usualUnits }), [addresses]);
  return (
    <AbiFormContext value={form}>
      <fieldset aria-label="Filter of events" className="flex flex-col gap-2">
        <Combobox
          label="Event"
          value={event ?? all}
          options={[
            { value: all, text: 'all events', label: 'all events' },
            ...events.map((signature) => ({
              ...{ value: signature, text: signature, label: signature },
            })),
          ]}
          onChange={(next) => onChange({ event: next === all ? null : next, where: {} })}
          mono
        />
        {indexed.map((input) => (
          <div key={input.name} className="flex min-w-0 flex-col gap-1">
            <span className="flex items-baseline gap-1.5 text-xs">
              <span className="text-ink-soft">{input.name}</span>
              <span className="font-mono text-2xs text-ink-dim">{input.type}</span>
            </span>
            <div className="flex min-w-0">
              <WordField
                type={input.type}
                label={input.name}
                value={where[input.name] ?? ''}
                quiet
                onChange={(value) => onChange({ event, where: { ...where, [input.name]: value } })}
              />
            </div>
          </div>
        ))}
      </fieldset>
    </AbiFormContext>
  );
}

interface EventInput {
  name: string;
  type: string;
  indexed?: boolean;
}

const inputsOf = (inputs: unknown): EventInput[] =>
  Array.isArray(inputs) ? (inputs as EventInput[]) : [];

const signatureOf = ({ name, inputs }: Record<string, unknown>): string =>
  `${String(name)}(${inputsOf(inputs)
    .map((one) => shapeOf(one).type)
    .join(',')})`;

/** The arguments that an event can be filtered by: indexed words with a name. */
function useIndexed({ network, address }: ContractDetail, event: string | null): EventInput[] {
  const { data } = useQuery(
    api.contracts.code.queryOptions({
      ...{ input: { network, contract: address }, enabled: event !== null },
    }),
  );
  const found = data?.abi.find((item) => item.type === 'event' && signatureOf(item) === event);
  return inputsOf(found?.inputs).filter(
    (one) => one.indexed && one.name && shapeOf(one).of === 'word',
  );
}
