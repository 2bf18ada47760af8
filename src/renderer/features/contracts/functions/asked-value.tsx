import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../core/client.ts';
import type { CallPlace } from '../../../core/inside/call-drafts.ts';
import { useFollowHead } from '../../../core/inside/follow-head.ts';
import { type AddressNames, valueText } from '../../../core/inside/value-text.ts';
import { problemOf } from '../../../core/problems/problem.ts';
import type { FormContext } from '../../../families/contracts/abi/form-context.ts';
import { Button } from '../../../ui/button.tsx';
import { FieldProblem } from '../../../ui/field.tsx';
import { CallFields } from './call-fields.tsx';
import { type ContractFunction, parametersOf } from './contract-function.ts';
import { Outcome } from './outcome.tsx';
import { useReadsFollow } from './reads-follow.ts';
import { SaveCall } from './save-call.tsx';
import { useCall } from './use-call.ts';

interface AskedValueProps {
  network: string;
  address: string;
  one: ContractFunction;
  names: AddressNames;
  form: Omit<FormContext, 'onEnter'>;
}

/** A function that reads and takes arguments: they are its chips, which open the fields. */
export function AskedValue({ network, address, one, names, form }: AskedValueProps) {
  const place: CallPlace = { network, address, signature: one.signature };
  const { input, problem } = useCall(place, one);
  const [isOpen, setIsOpen] = useState(false);
  const [asked, setAsked] = useState<typeof input | null>(null);
  const [hasTried, setHasTried] = useState(false);
  const follows = useReadsFollow();
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(
    api.contracts.read.queryOptions({
      input: asked ?? input,
      ...{ enabled: asked !== null, staleTime: 0, placeholderData: keepPreviousData },
    }),
  );
  useFollowHead(network, () =>
    follows && asked !== null ? refetch({ cancelRefetch: false }) : undefined,
  );
  const read = () => {
    setHasTried(true);
    if (problem !== null) return;
    if (asked === input) void refetch();
    setAsked(input);
  };
  return (
    <section aria-label={one.name} className="flex min-w-0 flex-col gap-2 py-1">
      <div className="flex min-h-5 min-w-0 items-baseline gap-2">
        <button
          type="button"
          aria-expanded={isOpen}
          title={one.signature}
          onClick={() => setIsOpen(!isOpen)}
          className="inline-flex min-w-0 shrink items-baseline gap-2 font-mono text-xs hover:underline"
        >
          {one.name}
          <span className="min-w-0 truncate rounded-sm border border-line-strong bg-raised px-1.5 text-2xs text-ink-soft">
            {asked ? chip(asked.arguments, names) : parametersOf(one)}
          </span>
        </button>
        <div className="flex min-w-0 flex-1 justify-end">
          {asked !== null &&
            (error ? (
              <FieldProblem className="min-w-0 truncate font-mono">
                {problemOf(error).message}
              </FieldProblem>
            ) : (
              <Outcome
                network={network}
                outcome={data && { values: data.values, error: null }}
                names={names}
                isStale={isPlaceholderData}
              />
            ))}
        </div>
      </div>
      {isOpen && (
        <div className="flex flex-col gap-2.5 rounded-lg border border-line p-2.5">
          <CallFields
            place={place}
            one={one}
            texts={input.arguments}
            form={{ ...form, onEnter: read }}
          />
          <div className="flex min-w-0 items-center gap-2.5">
            <Button size="sm" busy={isFetching} onClick={read}>
              Read {one.name}
            </Button>
            {hasTried && problem && <FieldProblem>{problem}</FieldProblem>}
            <span className="flex-1" />
            <SaveCall call={input} disabled={problem !== null} />
          </div>
        </div>
      )}
    </section>
  );
}

/** What was given, in short. */
const chip = (values: readonly string[], names: AddressNames): string =>
  values.map((value) => valueText({ name: '', type: 'string', value }, names)).join(', ');
