import { useQuery } from '@tanstack/react-query';
import { type Verification, verdictWords } from '#main/features/verification/contract.ts';
import { api } from '../../core/client.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StateDot, type Tone } from '../../ui/state-dot.tsx';

/** While something is pending, its service is asked so often, ms. */
const askedEvery = 5000;

interface SentListProps {
  network: string;
  address: string;
  isSending: boolean;
}

/** What of a contract was sent to services, the newest first, and what they said. */
export function SentList({ network, address, isSending }: SentListProps) {
  const { data } = useQuery(
    api.verifications.list.queryOptions({
      input: { network, limit: 1000 },
      staleTime: 0,
      refetchInterval: isSending ? 1000 : false,
    }),
  );
  const sent = data?.filter((one) => one.address.toLowerCase() === address.toLowerCase()) ?? [];
  if (sent.length === 0) return null;
  return (
    <ul aria-label="Sent to be verified" className="rounded-lg border border-line bg-panel">
      {sent.map((one) => (
        <Sent key={one.id} of={one} />
      ))}
    </ul>
  );
}

const tones: Record<Verification['state'], Tone> = {
  pending: 'active',
  verified: 'ok',
  refused: 'bad',
};

function Sent({ of }: { of: Verification }) {
  const isPending = of.state === 'pending';
  const { data = of, error } = useQuery(
    api.verifications.get.queryOptions({
      input: { id: of.id },
      enabled: isPending,
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data?.state === 'pending' ? askedEvery : false),
    }),
  );
  const one = isPending ? data : of;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line px-4 py-2 text-sm last:border-b-0">
      <span className="inline-flex min-w-0 items-baseline gap-2">
        <StateDot tone={tones[one.state]} />
        <span className="font-medium">{one.host}</span>
        <span className="min-w-0 break-words text-ink-soft">
          {verdictWords(one)}
          {one.state === 'pending' && ': it is asked again every 5 s'}
        </span>
      </span>
      <span className="ml-auto text-xs text-ink-dim">
        <span className="mr-3 font-mono">{one.contract}</span>
        sent <RelativeTime at={one.sentAt} />
      </span>
      {error && one.state === 'pending' && (
        <p className="w-full text-xs text-warn">{problemOf(error).message}</p>
      )}
    </li>
  );
}
