import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import type { DeploymentDiff, HistoryItem } from '#main/features/history/contract.ts';
import { api } from '../../core/client.ts';
import { deploymentPath, diffPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { StatusIcon } from '../../core/words/run-icon.tsx';
import { familyOf } from '../../families/all.ts';
import { Button } from '../../ui/button.tsx';
import { type DiffRow, DiffTable } from '../../ui/diff-table.tsx';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DiffCommits } from './diff-commits.tsx';

function Side({ name, item }: { name: string; item: HistoryItem }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="font-semibold text-ink">{name}</span>
      <StatusIcon run={item} size={13} />
      <Link href={deploymentPath(item.id)} className="text-ink-soft hover:underline">
        {item.project.name} #{item.number}
      </Link>
      <span>
        on {item.target}, <RelativeTime at={item.createdAt} />
      </span>
    </span>
  );
}

function environmentRows({ environment }: DeploymentDiff): DiffRow[] {
  const { a, b } = environment;
  const names = [...new Set([...(a ?? []), ...(b ?? [])])].sort();
  const has = (side: string[] | null, name: string) =>
    side === null ? 'not recorded' : side.includes(name) ? 'set' : null;
  return names.map((name) => ({
    name,
    a: has(a, name),
    b: has(b, name),
    changed: environment.added.includes(name) || environment.removed.includes(name),
  }));
}

function Comparison({ diff }: { diff: DeploymentDiff }) {
  const environment = environmentRows(diff);
  const families = [...new Set([diff.a.family, diff.b.family].map(familyOf))];
  return (
    <>
      {diff.same && (
        <p role="status" className="text-sm text-ok">
          Nothing but times and hashes differs.
        </p>
      )}
      {families.map(({ id, Diff }) => (
        <Diff key={id} diff={diff} />
      ))}
      <Section title="About the runs">
        <DiffTable label="About the runs" rows={diff.facts} />
      </Section>
      {environment.length > 0 && (
        <Section title="Environment" aside="names only">
          <DiffTable label="Environment" rows={environment} />
        </Section>
      )}
      <Section title="Commits">
        <DiffCommits range={diff.commits} />
      </Section>
    </>
  );
}

/** Two deployments side by side. */
export function DiffPage({ a, b }: { a: number; b: number }) {
  const [, navigate] = useLocation();
  const { data, error, refetch } = useQuery(api.history.diff.queryOptions({ input: { a, b } }));
  return (
    <Page
      title="Comparison"
      about={
        data && (
          <>
            <Side name="A" item={data.a} />
            <Side name="B" item={data.b} />
          </>
        )
      }
      actions={
        <Button
          icon={<ArrowLeftRight aria-hidden="true" size={14} />}
          onClick={() => navigate(diffPath(b, a), { replace: true })}
        >
          Swap
        </Button>
      }
    >
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} />}
      {data && <Comparison diff={data} />}
    </Page>
  );
}
