import { useQuery } from '@tanstack/react-query';
import type { OriginDecision } from '#main/features/gateway/contract.ts';
import { api, client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { refusedLately } from './refused-lately.ts';

/** Events that are looked through for refusals. */
const LOOKED_AT = 200;

export interface OriginLine {
  origin: string;
  is: OriginDecision['decision'] | 'refused';
  /** When it was decided, or refused last; Unix time, ms. */
  at: number;
}

/** Web pages that have called a chain: those refused lately first, then what was decided. */
export function useOrigins(chain: string) {
  const decided = useQuery(api.gateway.origins.queryOptions({ input: { chain } }));
  const events = useQuery(
    api.events.list.queryOptions({ input: { types: ['origin.refused'], limit: LOOKED_AT } }),
  );
  const error = decided.error ?? events.error;
  if (!decided.data || !events.data) return { lines: undefined, error };
  const refusals = events.data.flatMap((event) => (event.type === 'origin.refused' ? event : []));
  const lines: OriginLine[] = [
    ...refusedLately(refusals, chain, decided.data).map(({ origin, at }) => ({
      ...{ origin, at, is: 'refused' as const },
    })),
    ...decided.data.map(({ origin, decision, decidedAt }) => ({
      ...{ origin, at: decidedAt, is: decision },
    })),
  ];
  return { lines, error };
}

/** What can be decided about a page, one thing at a time. */
export function useDecide(chain: string) {
  const { send, busy } = useCommand(
    ({ origin, what }: { origin: string; what: OriginDecision['decision'] | 'forget' }) =>
      what === 'forget'
        ? client.gateway.forget({ chain, origin })
        : client.gateway.decide({ chain, origin, decision: what }),
  );
  return { busy, decide: send };
}
