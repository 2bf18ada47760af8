import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { ReviewDetail } from '#main/features/reviews/contract.ts';
import { api } from '../../core/client.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { ago, count, plural } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';

interface Gate {
  title: string;
  /** null: not known yet. */
  isOpen: boolean | null;
  about: string;
}

/** How often the network is asked while the page is open, ms. */
const CHECK_EVERY_MS = 15_000;
const SENDING_EVERY_MS = 3000;

/** Whether the network is as it was at the rehearsal. */
export function useReviewCheck({ id, status }: Pick<ReviewDetail, 'id' | 'status'>) {
  return useQuery(
    api.reviews.check.queryOptions({
      input: { id },
      enabled: status === 'open' || status === 'approved',
      refetchInterval: status === 'open' ? CHECK_EVERY_MS : SENDING_EVERY_MS,
      retry: false,
    }),
  );
}

/** What has to hold before it may be sent, at a glance. */
export function ReviewGates({ review }: { review: ReviewDetail }) {
  const { certificate, createdAt, key, status, network } = review;
  const { data: check, error } = useReviewCheck(review);
  const now = useNow();
  if (!certificate) return null;
  const { fees, externals, transactions, block } = certificate;
  const most = BigInt(fees.most) + BigInt(fees.value);
  const balance = BigInt(check?.balance ?? certificate.balance);
  const isOpen = status === 'open';
  const gates: Gate[] = [
    {
      ...{ title: 'Rehearsed', isOpen: true },
      about: `${ago(createdAt, now)}, at block ${count(block.number)}`,
    },
    {
      title: 'Nonce and code',
      isOpen: !isOpen ? true : error ? false : check ? check.stale === null : null,
      about: error
        ? problemOf(error).message
        : (check?.stale ??
          (externals.length === 0
            ? 'as at the rehearsal'
            : `${plural(externals.length, 'contract')} that it relies on unchanged`)),
    },
    {
      title: 'Sources',
      isOpen: !isOpen || check ? (check?.sources ?? null) === null : null,
      about: check?.sources ?? 'as at the rehearsal',
    },
    {
      ...{ title: 'Balance', isOpen: balance >= most },
      about:
        most === 0n
          ? 'costs nothing'
          : balance >= most
            ? `covers ${Number((balance * 10n) / most) / 10} × the most that it may cost`
            : `is less than it may cost on ${network}`,
    },
    {
      ...{ title: 'Key', isOpen: key !== null },
      about: key === null ? 'none was named' : `${key} signs ${transactions.length}`,
    },
    {
      title: 'Your confirmation',
      isOpen: isOpen || status === 'rejected' ? (status === 'rejected' ? false : null) : true,
      about: isOpen ? 'below' : status === 'rejected' ? 'it was rejected' : 'given',
    },
  ];
  return (
    <ul
      aria-label="Gates"
      className="grid shrink-0 gap-px overflow-hidden rounded-lg border border-line bg-line @xl:grid-cols-3 @4xl:grid-cols-6"
    >
      {gates.map((gate) => (
        <li key={gate.title} className="flex min-w-0 gap-2.5 bg-panel px-3 py-2.5">
          <GateIcon isOpen={gate.isOpen} />
          <div className="min-w-0">
            <p className="text-sm font-medium">{gate.title}</p>
            <p className="text-xs text-ink-dim">{gate.about}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function GateIcon({ isOpen }: Pick<Gate, 'isOpen'>) {
  const look = { 'aria-hidden': true, size: 16 } as const;
  if (isOpen === null) return <CircleDashed {...look} className="mt-0.5 shrink-0 text-ink-dim" />;
  return isOpen ? (
    <CircleCheck {...look} className="mt-0.5 shrink-0 text-ok" />
  ) : (
    <CircleX {...look} className="mt-0.5 shrink-0 text-bad" />
  );
}
