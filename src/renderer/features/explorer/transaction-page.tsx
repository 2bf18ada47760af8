import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import { Slot } from '../../core/feature/slot.tsx';
import { Crumbs } from '../../core/inside/crumbs.tsx';
import { ErrorCard } from '../../core/inside/error-card.tsx';
import { useFollowHead } from '../../core/inside/follow-head.ts';
import { InsideProblem } from '../../core/inside/inside-problem.tsx';
import { shownTransaction } from '../../core/inside/shown-transaction.ts';
import { StoppedNotice } from '../../core/inside/stopped-notice.tsx';
import { doing, statusTone, statusWord } from '../../core/inside/words.ts';
import { blockPath, deploymentPath } from '../../core/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { count, shortHex } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Authorizations } from './authorizations.tsx';
import { CallsAndSource } from './calls-and-source.tsx';
import { FindBox } from './find-box.tsx';
import { knownNames } from './known-names.ts';
import { TransactionFacts } from './transaction-facts.tsx';
import { TransactionTabs, tabOf } from './transaction-tabs.tsx';
import { WaitingNotice } from './waiting-notice.tsx';

interface TransactionPageProps {
  network: string;
  hash: string;
  tab: string | undefined;
}

/** One transaction: what was called, whether it failed and why, and everything that it did. */
export function TransactionPage({ network, hash, tab }: TransactionPageProps) {
  const { data, error, refetch } = useQuery({ ...shownTransaction(network, hash), staleTime: 0 });
  // What is mined only changes when it is taken back.
  const settled = data !== undefined && data.status !== 'pending';
  useFollowHead(network, (grew) =>
    grew && settled ? undefined : refetch({ cancelRefetch: false }),
  );
  const what = data && doing(data);
  return (
    <Page
      title={what ? `${what.verb} ${what.on}` : `Transaction ${shortHex(hash)}`}
      about={
        <>
          <Crumbs network={network} />
          {data && <About detail={data} />}
          <Copyable value={hash} what="transaction hash" className="text-ink-soft">
            <span className="@5xl:hidden">{shortHex(hash)}</span>
            <span className="hidden @5xl:inline">{hash}</span>
          </Copyable>
        </>
      }
      actions={
        <>
          {/* Where there is no room for it, the palette finds the same. */}
          <div className="hidden @5xl:block">
            <FindBox network={network} />
          </div>
          {data && <Slot name="transaction.actions" detail={data} />}
        </>
      }
    >
      {error ? (
        <InsideProblem error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={8} />
      ) : (
        <Transaction detail={data} tab={tab} />
      )}
    </Page>
  );
}

function About({ detail }: { detail: TransactionDetail }) {
  const { network, status, timestamp, blockNumber, deployment, waiting, takenBack } = detail;
  return (
    <>
      <Badge tone={statusTone[status]}>{statusWord[status]}</Badge>
      {takenBack && (
        <span title="By a revert or restart of its chain: this is what was recorded of it.">
          Taken back
        </span>
      )}
      {timestamp !== null && <RelativeTime at={timestamp * 1000} />}
      {blockNumber !== null && (
        <Link href={blockPath(network, blockNumber)} className="text-accent nums hover:underline">
          Block {count(blockNumber)}
        </Link>
      )}
      {status === 'pending' && (
        <span className="inline-flex items-center gap-1.5 nums">
          <Spinner size={12} />
          {waiting && waiting.position !== null
            ? `${count(waiting.position)} of ${count(waiting.of ?? 0)} in the mempool`
            : 'in the mempool'}
        </span>
      )}
      {deployment && (
        <Link href={deploymentPath(deployment.id)} className="text-accent nums hover:underline">
          sent by {deployment.project.name} #{deployment.number}
        </Link>
      )}
    </>
  );
}

function Transaction({ detail, tab }: { detail: TransactionDetail; tab: string | undefined }) {
  const { network, error, trace, traceProblem, status } = detail;
  const names = useMemo(() => knownNames(detail), [detail]);
  return (
    <>
      {detail.stopped && <StoppedNotice network={network} />}
      {detail.missing && <ErrorNotice tone="warn" message={detail.missing} />}
      <TransactionFacts detail={detail} />
      <Authorizations detail={detail} />
      {error && <ErrorCard error={error} names={names} />}
      {trace && traceProblem && <ErrorNotice tone="warn" message={traceProblem} />}
      {trace ? (
        <CallsAndSource
          key={detail.hash}
          network={network}
          hash={detail.hash}
          root={trace}
          names={names}
        />
      ) : status === 'pending' ? (
        <WaitingNotice detail={detail} />
      ) : (
        <ErrorNotice tone="warn" message={traceProblem ?? 'There is no trace of it.'} />
      )}
      <TransactionTabs detail={detail} names={names} tab={tabOf(tab)} />
    </>
  );
}
