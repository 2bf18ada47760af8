import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CallInput, Simulation } from '#main/features/contracts/contract/calls.ts';
import { api } from '../../../core/client.ts';
import { useFollowHead } from '../../../core/inside/follow-head.ts';

const pauseMs = 300;

interface Simulated {
  /** The last one, also while another call is typed. */
  result: Simulation | undefined;
  error: unknown;
  /** The result is of another call than the one in the form. */
  isStale: boolean;
  isRunning: boolean;
  /** Simulates without waiting for a pause. */
  now(): void;
}

/** What a call would do: simulated when typing pauses, and again on each block. */
export function useSimulation(call: CallInput, isComplete: boolean): Simulated {
  const key = JSON.stringify(call);
  const [asked, setAsked] = useState<{ key: string; call: CallInput } | null>(null);
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    if (!isComplete) return;
    const timer = setTimeout(() => setAsked({ key, call: latest.current }), pauseMs);
    return () => clearTimeout(timer);
  }, [key, isComplete]);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(
    api.contracts.simulate.queryOptions({
      input: asked?.call ?? call,
      ...{ enabled: asked !== null, staleTime: 0, placeholderData: keepPreviousData },
    }),
  );
  useFollowHead(call.network ?? 'local', () =>
    asked === null ? undefined : refetch({ cancelRefetch: false }),
  );
  const isAsked = asked?.key === key;
  return {
    result: data,
    error: isAsked ? error : null,
    isStale: !isAsked || isPlaceholderData,
    isRunning: isFetching && (isPlaceholderData || !data),
    now: () => (isAsked ? void refetch() : setAsked({ key, call })),
  };
}
