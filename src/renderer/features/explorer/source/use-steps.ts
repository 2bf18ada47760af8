import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SourceLine, StepsInput } from '#main/features/explorer/contract/source.ts';
import { api } from '../../../core/client.ts';

/** Steps that are fetched at once. */
const limit = 200;

interface Chosen {
  /** Around what the steps are fetched; nothing: around what it failed at. */
  around: Pick<StepsInput, 'at' | 'call'>;
  /** null: the one that `around` means. */
  index: number | null;
  /** By going through the source, rather than by choosing a call. */
  stepped: boolean;
}

const atError: Chosen = { around: {}, index: null, stepped: false };

/** The lines that ran in a transaction, of which one is chosen. It begins where the transaction failed. */
export function useSteps(network: string, hash: string) {
  const [{ around, index, stepped }, setChosen] = useState(atError);
  const query = useQuery(
    api.explorer.steps.queryOptions({
      input: { network, hash, ...around, limit },
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  const { data, error } = query;
  const at = index ?? data?.at ?? 0;
  const step: SourceLine | null = data?.steps[at - data.first] ?? null;
  const go = (to: number | null | undefined) => {
    if (to === null || to === undefined || !data) return;
    const isAtHand = to >= data.first && to < data.first + data.steps.length;
    setChosen({ around: isAtHand ? around : { at: to }, index: to, stepped: true });
  };
  return {
    data,
    error,
    step,
    stepped,
    file: step && data ? (data.files[step.file] ?? null) : null,
    isFailed: data !== undefined && data.failed === at && step !== null,
    start: () => go(0),
    back: () => go(step?.back),
    next: () => go(step?.next),
    into: () => go(step?.into),
    out: () => go(step?.out),
    /** The first line of a call. */
    toCall: (call: number) => setChosen({ around: { call }, index: null, stepped: false }),
    toStep: (at: number) => setChosen({ around: { at }, index: null, stepped: false }),
    toError: () => setChosen({ ...atError, stepped: true }),
  };
}

export type Steps = ReturnType<typeof useSteps>;
