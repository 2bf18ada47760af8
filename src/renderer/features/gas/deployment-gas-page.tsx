import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import type { DeploymentRef } from '#main/shared/refs.ts';
import { api } from '../../core/client.ts';
import { deploymentPath, gasDiffPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { GasTotal } from './gas-summary.tsx';
import { GasView } from './gas-view.tsx';

/** The gas of what a deployment has sent. */
export function DeploymentGasPage({ id }: { id: number }) {
  const { data, error, refetch } = useQuery(
    api.gas.report.queryOptions({ input: { deployment: String(id) }, staleTime: 0 }),
  );
  const run = data?.deployment;
  return (
    <Page
      title={run ? `Gas of #${run.number} of ${run.project.name}` : 'Gas'}
      about={
        data && (
          <>
            <Link href={deploymentPath(id)} className="text-accent hover:underline">
              Deployment
            </Link>
            <GasTotal of={data} />
          </>
        )
      }
      actions={run && <CompareWith run={run} />}
    >
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={8} />
      ) : (
        <GasView report={data} />
      )}
    </Page>
  );
}

/** Another deployment of the project; the older one is what the newer is compared with. */
function CompareWith({ run }: { run: DeploymentRef }) {
  const [, navigate] = useLocation();
  const { data } = useQuery(
    api.history.list.queryOptions({ input: { project: run.project.id, limit: 50, count: false } }),
  );
  const others = (data?.items ?? []).filter(
    ({ id, family }) => id !== run.id && family === 'contracts',
  );
  if (others.length === 0) return null;
  return (
    <Select
      label="Compare with"
      value={null}
      placeholder="Compare with…"
      options={others.map(({ id, number, target, commit }) => ({
        value: String(id),
        label: `#${number} on ${target}`,
        text: `#${number}`,
        detail: commit?.slice(0, 7),
      }))}
      onChange={(other) => {
        const [a, b] = [run.id, Number(other)].sort((x, y) => x - y) as [number, number];
        navigate(gasDiffPath(a, b));
      }}
    />
  );
}
