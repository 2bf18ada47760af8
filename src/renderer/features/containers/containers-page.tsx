import { Container as ContainerIcon } from 'lucide-react';
import { Link } from 'wouter';
import { NoDocker } from '../../core/engine/no-docker.tsx';
import { settingsPath } from '../../core/paths.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useInfo } from '../../core/queries/use-info.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Th } from '../../ui/table.tsx';
import { ContainerCharts } from './container-charts.tsx';
import { ContainerRow } from './container-row.tsx';
import { DiskUse } from './disk-use.tsx';
import { Orphans } from './orphans.tsx';
import { useContainers, useUsage } from './use-containers.ts';

/** Drydock's objects in Docker: their state, their resource use, and leftovers. */
export function ContainersPage() {
  const { data, error, refetch } = useContainers();
  const usage = useUsage();
  const info = useInfo().data;
  const unavailable = error && problemOf(error).code === 'ENGINE_UNAVAILABLE';
  const running = data?.filter((container) => container.state === 'running') ?? [];
  const shown = running.flatMap(({ id, title }) => {
    const series = usage.get(id);
    return series ? [{ id, title, series }] : [];
  });
  return (
    <Page
      title="Containers"
      about={
        !data || error
          ? 'What Drydock has in Docker'
          : `${plural(running.length, 'container')} running of ${data.length}`
      }
    >
      {unavailable ? (
        <NoDocker
          problem={info?.docker.problem ?? problemOf(error).message}
          onRetry={() => void refetch()}
        />
      ) : (
        error && <ProblemNotice error={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Skeleton rows={4} />}
      {data && !error && (
        <>
          {data.length === 0 ? (
            <EmptyState icon={<ContainerIcon size={22} />} title="No container yet">
              A chain or a deployment that runs in Docker makes one: a project keeps its own between
              deployments.{' '}
              {info?.engine === 'process' && (
                <>
                  Now they run without Docker; choose it in the{' '}
                  <Link href={settingsPath} className="text-accent underline">
                    settings
                  </Link>
                  .
                </>
              )}
            </EmptyState>
          ) : (
            <Table label="Containers">
              <thead>
                <tr>
                  <Th>Container</Th>
                  <Th priority={0}>State</Th>
                  <Th end priority={1}>
                    CPU
                  </Th>
                  <Th end priority={1}>
                    Memory
                  </Th>
                  <Th priority={3}>Port</Th>
                  <Th priority={4}>Created</Th>
                  <Th>
                    <span className="sr-only">Actions</span>
                  </Th>
                </tr>
              </thead>
              <tbody>
                {data.map((container) => (
                  <ContainerRow
                    key={container.id}
                    container={container}
                    usage={usage.get(container.id)}
                  />
                ))}
              </tbody>
            </Table>
          )}
          {shown.length > 0 && (
            <Section title="Use" aside="the last five minutes">
              {shown.map(({ id, title, series }) => (
                <ContainerCharts key={id} title={title} series={series} />
              ))}
            </Section>
          )}
          <Orphans />
          <DiskUse />
        </>
      )}
    </Page>
  );
}
