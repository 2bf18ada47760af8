import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { RunsInsight } from '#main/features/insights/contract.ts';
import { daysCsv } from '#main/shared/days-csv.ts';
import { successRate } from '#main/shared/success-rate.ts';
import { api } from '../../core/client.ts';
import { projectPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { useProjects } from '../../core/queries/use-projects.ts';
import { Button } from '../../ui/button.tsx';
import { duration, plural } from '../../ui/format.ts';
import { Page } from '../../ui/page.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { DayBars } from './day-bars.tsx';
import { RunStats } from './run-stats.tsx';

const spans = ['14', '30', '90', '365'];

function DurationCells({ of }: { of: RunsInsight['duration'] }) {
  return (
    <>
      <Td end>{of ? duration(of.median) : '—'}</Td>
      <Td end>{of ? duration(of.p90) : '—'}</Td>
    </>
  );
}

function Phases({ phases }: { phases: RunsInsight['phases'] }) {
  return (
    <Table label="Phases">
      <thead>
        <tr>
          <Th>Phase</Th>
          <Th end>Ran</Th>
          <Th end>Cached</Th>
          <Th end>Median</Th>
          <Th end>90 %</Th>
        </tr>
      </thead>
      <tbody>
        {phases.map((phase) => (
          <tr key={phase.id} className="group">
            <Td className="w-full capitalize">{phase.id}</Td>
            <Td end>{phase.ran}</Td>
            <Td end>{phase.skipped}</Td>
            <DurationCells of={phase.duration} />
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Projects({ projects }: { projects: RunsInsight['projects'] }) {
  return (
    <Table label="Projects">
      <thead>
        <tr>
          <Th>Project</Th>
          <Th end>Succeeded</Th>
          <Th end>Failed</Th>
          <Th end title="Commits at which the same deployment both failed and succeeded">
            Unsteady
          </Th>
          <Th end>Median</Th>
          <Th end>90 %</Th>
        </tr>
      </thead>
      <tbody>
        {projects.map((one) => (
          <tr key={one.project.id} className="group hover:bg-hover">
            <Td className="w-full max-w-48 truncate">
              <Link href={projectPath(one.project.id)} className="font-semibold hover:underline">
                {one.project.name}
              </Link>
            </Td>
            <Td end>
              {one.succeeded} <span className="text-ink-dim">{successRate(one)}</span>
            </Td>
            <Td end>{one.failed}</Td>
            <Td end className={one.unsteady > 0 ? 'text-warn' : undefined}>
              {one.unsteady}
            </Td>
            <DurationCells of={one.duration} />
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** How deployments went: how many succeeded, how long they took, and where the time went. */
export function InsightsPage() {
  const [days, setDays] = useState('30');
  const [project, setProject] = useState('');
  const projects = useProjects().data ?? [];
  const { data, error, refetch } = useQuery(
    api.insights.runs.queryOptions({
      input: { days: Number(days), project: project === '' ? undefined : Number(project) },
      placeholderData: (before) => before,
    }),
  );
  return (
    <Page
      title="Insights"
      actions={
        <>
          <Select
            label="Project"
            value={project}
            options={[
              { value: '', label: 'All projects', text: 'All projects' },
              ...projects.map(({ id, name }) => ({ value: String(id), label: name, text: name })),
            ]}
            onChange={setProject}
          />
          <Select
            label="Days"
            value={days}
            options={spans.map((value) => ({ value, label: `${value} days`, text: value }))}
            onChange={setDays}
          />
          <Button
            icon={<Download aria-hidden="true" size={14} />}
            disabled={!data}
            onClick={() => data && saveFile('deployments-by-day.csv', 'text/csv', daysCsv(data))}
          >
            CSV
          </Button>
        </>
      }
    >
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={6} />}
      {data && (
        <>
          <Section title="Deployments by day">
            <div className="flex flex-wrap items-center gap-x-8 gap-y-4 rounded-lg border border-line bg-panel p-4">
              <DayBars days={data.days} />
              <RunStats insight={data} />
            </div>
          </Section>
          {data.phases.length > 0 && (
            <Section title="Phases" aside={`of the last ${plural(data.measured, 'run')}`}>
              <Phases phases={data.phases} />
            </Section>
          )}
          {data.projects.length > 0 && (
            <Section title="Projects">
              <Projects projects={data.projects} />
            </Section>
          )}
          {data.projects.length === 0 && (
            <p className="text-sm text-ink-dim">No deployment has ended in this time.</p>
          )}
        </>
      )}
    </Page>
  );
}
