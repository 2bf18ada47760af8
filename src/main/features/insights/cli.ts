import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { projectArgument, whole } from '../../lib/cli/arguments.ts';
import { type Cli, facts } from '../../lib/cli/cli.ts';
import { section } from '../../lib/cli/section.ts';
import { daysCsv } from '../../shared/days-csv.ts';
import { successRate } from '../../shared/success-rate.ts';
import type { insights, RunsInsight, RunsInsightInput } from './contract.ts';

export function insightsCommand(
  program: Command,
  cli: Cli<ContractRouterClient<typeof insights>>,
): void {
  program
    .command('insights')
    .description('how deployments ended and how long they took, by phase and project')
    .option('--days <n>', 'so many, today included (default: 30)', whole)
    .option('--project <project>', 'of this one alone', projectArgument)
    .option('--csv', 'the outcomes of each day, as CSV')
    .action(({ csv, ...input }: Partial<RunsInsightInput> & { csv?: true }) =>
      cli.answer((client) => client.runs(input), csv ? daysCsv : insightText),
    );
}

function insightText({ total, days, duration, phases, projects }: RunsInsight): string {
  const rows = (of: { median: number; p90: number } | null) =>
    of ? [seconds(of.median), seconds(of.p90)] : [null, null];
  return [
    facts([
      ['days', days.length],
      [
        'succeeded',
        `${[total.succeeded, successRate(total)].filter((part) => part !== null).join(', ')}`,
      ],
      ['failed', total.failed],
      ['cancelled', total.cancelled],
      [
        'duration',
        duration && `${seconds(duration.median)}, nine in ten at most ${seconds(duration.p90)}`,
      ],
    ]),
    section(
      'Phases',
      ['phase', 'ran', 'cached', 'median', '90 %'],
      phases.map((one) => [one.id, one.ran, one.skipped, ...rows(one.duration)]),
    ),
    section(
      'Projects',
      ['project', 'succeeded', 'failed', 'cancelled', 'median', '90 %', 'unsteady commits'],
      projects.map((one) => [
        one.project.name,
        ...[one.succeeded, one.failed, one.cancelled],
        ...rows(one.duration),
        one.unsteady,
      ]),
    ),
  ]
    .filter((part) => part !== null)
    .join('\n\n');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
