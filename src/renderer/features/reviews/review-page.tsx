import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { ReviewDetail } from '#main/features/reviews/contract.ts';
import { api } from '../../core/client.ts';
import { deploymentPath, projectPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Badge } from '../../ui/badge.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ReviewActions } from './review-actions.tsx';
import { ReviewCards } from './review-cards.tsx';
import { ReviewCode } from './review-code.tsx';
import { ReviewGates } from './review-gates.tsx';
import { ReviewTransactions } from './review-transactions.tsx';
import { SendBar } from './send-bar.tsx';

/** A live deploy, to be read calmly before it is sent. */
export function ReviewPage({ id }: { id: number }) {
  const { data, error, refetch } = useQuery(api.reviews.get.queryOptions({ input: { id } }));
  if (error) {
    return (
      <Page title={`Review ${id}`}>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title={`Review ${id}`}>
        <Skeleton rows={10} />
      </Page>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1">
        <Page
          title={titleOf(data)}
          about={<About review={data} />}
          actions={<ReviewActions review={data} />}
        >
          {data.problem && <ErrorNotice message={`There is nothing to send. ${data.problem}`} />}
          {data.status === 'rehearsing' && (
            <p className="text-sm text-ink-dim">
              It is being rehearsed on a copy of {data.network}, and appears here at its end.
            </p>
          )}
          {data.certificate && (
            <>
              <ReviewGates review={data} />
              <div className="grid gap-5 @4xl:grid-cols-[minmax(0,1fr)_17rem]">
                <div className="order-2 flex min-w-0 flex-col gap-5 @4xl:order-1">
                  <ReviewTransactions review={data} certificate={data.certificate} />
                  <ReviewCode certificate={data.certificate} />
                </div>
                <ReviewCards review={data} certificate={data.certificate} />
              </div>
            </>
          )}
        </Page>
      </div>
      {data.certificate && data.key !== null && <SendBar review={data} />}
    </div>
  );
}

const titleOf = ({ certificate, network, production, project }: ReviewDetail): string =>
  certificate
    ? `${plural(certificate.transactions.length, 'transaction')} to ${production ?? network}`
    : `${project.name} to ${network}`;

function About({ review }: { review: ReviewDetail }) {
  const { project, certificate, rehearsal, title, production } = review;
  const commit = certificate?.commit?.slice(0, 7);
  return (
    <>
      <Badge tone={production === null ? undefined : 'warn'}>
        {production === null ? 'live network' : 'main network'}
      </Badge>
      <Link href={projectPath(project.id)} className="hover:underline">
        {project.name}
      </Link>
      <span className="font-mono text-xs">{title}</span>
      {commit && (
        <span>
          {certificate?.branch} <span className="font-mono text-xs">{commit}</span>
          {certificate?.dirty ? `, ${plural(certificate.dirty, 'file')} changed` : ', clean'}
        </span>
      )}
      {rehearsal !== null && (
        <Link href={deploymentPath(rehearsal)} className="hover:underline">
          its rehearsal
        </Link>
      )}
    </>
  );
}
