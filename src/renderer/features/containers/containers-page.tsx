import { Container as ContainerIcon } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { client } from '../../core/client.ts';
import { NoDocker } from '../../core/engine/no-docker.tsx';
import { settingsPath } from '../../core/paths.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useInfo } from '../../core/queries/use-info.ts';
import { ask } from '../../core/questions/question.ts';
import { forEach } from '../../core/selection/for-each.ts';
import { SelectionBar } from '../../core/selection/selection-bar.tsx';
import { SelectAllBox } from '../../core/selection/selection-box.tsx';
import { useSelection } from '../../core/selection/use-selection.ts';
import { Button } from '../../ui/button.tsx';
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
  const own = useMemo(() => data?.filter((one) => one.own).map(({ id }) => id) ?? [], [data]);
  const selection = useSelection(own);
  const chosen = data?.filter(({ id }) => selection.has(id)) ?? [];
  const end = (verb: 'stop' | 'remove', done: string) =>
    ask({
      title: `${verb === 'stop' ? 'Stop' : 'Remove'} ${plural(chosen.length, 'container')}?`,
      text: 'Shells that are open in them end, and the state of chains is saved first. The next start or deployment brings each back.',
      confirm: verb === 'stop' ? 'Stop' : 'Remove',
      act: () => {
        selection.clear();
        void forEach({
          ...{ items: chosen, noun: 'container', done, name: ({ name }) => name },
          act: ({ id }) => client.containers[verb]({ container: id }),
        });
      },
    });
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
            <>
              <SelectionBar selection={selection}>
                <Button size="sm" onClick={() => end('stop', 'stopped')}>
                  Stop…
                </Button>
                <Button variant="danger" size="sm" onClick={() => end('remove', 'removed')}>
                  Remove…
                </Button>
              </SelectionBar>
              <Table label="Containers">
                <thead>
                  <tr>
                    <Th>
                      <SelectAllBox all={own} selection={selection} />
                    </Th>
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
                      selection={selection}
                    />
                  ))}
                </tbody>
              </Table>
            </>
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
