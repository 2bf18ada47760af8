import { CircleCheck } from 'lucide-react';
import { Link } from 'wouter';
import type { SentCall } from '#main/features/contracts/contract/calls.ts';
import { ErrorCard } from '../../../core/inside/error-card.tsx';
import type { AddressNames } from '../../../core/inside/value-text.ts';
import { statusTone, statusWord } from '../../../core/inside/words.ts';
import { transactionPath } from '../../../core/paths.ts';
import { Badge } from '../../../ui/badge.tsx';
import { count, shortHex } from '../../../ui/format.ts';
import { HexLink } from '../../../ui/hex-link.tsx';

interface SentCardProps {
  network: string;
  sent: SentCall;
  names: AddressNames;
}

/** The transaction that was sent, and the way to its page. */
export function SentCard({ network, sent, names }: SentCardProps) {
  const { hash, status, gasUsed, blockNumber, error, warnings } = sent;
  const path = transactionPath(network, hash);
  return (
    <section aria-label="Sent" className="flex min-w-0 flex-col gap-2">
      <div
        role="status"
        className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-ground px-3 py-2.5 text-sm"
      >
        {status === 'success' && (
          <CircleCheck aria-hidden="true" size={15} className="shrink-0 text-ok" />
        )}
        <Badge tone={statusTone[status]}>{statusWord[status]}</Badge>
        <span className="pr-5">
          <HexLink href={path} value={hash} what="transaction hash">
            {shortHex(hash)}
          </HexLink>
        </span>
        <span className="text-ink-dim nums">
          {gasUsed !== null && `${count(gasUsed)} gas`}
          {blockNumber !== null && ` · block ${count(blockNumber)}`}
          {status === 'pending' && 'It waits to be mined: its page tells where, and mines it.'}
        </span>
        <span className="flex-1" />
        <Link href={path} className="text-accent underline">
          Open the transaction
        </Link>
      </div>
      {warnings.map((text) => (
        <p key={text} className="text-sm text-warn">
          {text}
        </p>
      ))}
      {error && <ErrorCard error={error} names={names} />}
    </section>
  );
}
