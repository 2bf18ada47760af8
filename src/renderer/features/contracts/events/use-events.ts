import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EventsInput } from '#main/features/contracts/contract/events.ts';
import { api } from '../../../core/client.ts';
import { useFollowHead } from '../../../core/inside/follow-head.ts';

/** Which events of a contract are shown. */
export type EventFilter = Pick<EventsInput, 'event' | 'where'>;

/** The events of a contract, newest first; they follow its chain unless they are held. */
export function useEvents(network: string, address: string, filter: EventFilter) {
  const [isHeld, setIsHeld] = useState(false);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    api.contracts.events.infiniteOptions({
      input: (before: number | undefined) => ({
        ...{ network, contract: address, before, limit: 50 },
        ...filter,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      staleTime: 0,
    }),
  );
  useFollowHead(network, () => (isHeld ? undefined : refetch({ cancelRefetch: false })));
  return {
    events: data?.pages.flatMap((page) => page.events),
    ...{ error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch, isHeld },
    hold(held: boolean): void {
      setIsHeld(held);
      if (!held) void refetch();
    },
  };
}
