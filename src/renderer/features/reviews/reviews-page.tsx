import { useQuery } from '@tanstack/react-query';
import { FileCheck2, KeyRound } from 'lucide-react';
import { useLocation } from 'wouter';
import { api } from '../../core/client.ts';
import { keysPath, reviewPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { statusWords } from './review-words.ts';

/** Live deploys, looked at before they are sent. */
export function ReviewsPage() {
  const { data, error, refetch } = useQuery(api.reviews.list.queryOptions({ input: {} }));
  const [, navigate] = useLocation();
  return (
    <Page
      title="Reviews"
      about="What a deploy sends to a live network is rehearsed on a copy, and looked at first."
      actions={
        <Button icon={<KeyRound aria-hidden="true" size={14} />} onClick={() => navigate(keysPath)}>
          Keys
        </Button>
      }
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={4} />}
      {data?.length === 0 && (
        <EmptyState icon={<FileCheck2 size={22} />} title="No reviews yet">
          Choose a live network and a key in the form of a project: Deploy then rehearses it, and
          opens its review here.
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <Table label="Reviews">
          <thead>
            <tr>
              <Th priority={0}>Review</Th>
              <Th priority={0}>Project</Th>
              <Th priority={0}>Network</Th>
              <Th priority={2}>What</Th>
              <Th priority={0}>State</Th>
              <Th priority={3} end>
                Made
              </Th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <tr
                key={one.id}
                className="group cursor-pointer hover:bg-hover"
                onClick={() => navigate(reviewPath(one.id))}
              >
                <Td>
                  <a
                    href={reviewPath(one.id)}
                    className="font-medium hover:underline"
                    onClick={(event) => {
                      event.preventDefault();
                      event.stopPropagation();
                      navigate(reviewPath(one.id));
                    }}
                  >
                    {one.id}
                  </a>
                </Td>
                <Td>{one.project.name}</Td>
                <Td>{one.network}</Td>
                <Td mono className="max-w-80 truncate">
                  {one.title}
                </Td>
                <Td>{statusWords[one.status]}</Td>
                <Td end>
                  <RelativeTime at={one.createdAt} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Page>
  );
}
