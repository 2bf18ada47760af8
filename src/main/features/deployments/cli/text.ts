import { resultText, summaryFacts, targetAlso } from '../../../families/texts.ts';
import { facts, table, time } from '../../../lib/cli/cli.ts';
import { colors } from '../../../lib/cli/colors.ts';
import { resultWords } from '../../../shared/result-parts.ts';
import type { DeploymentStatus } from '../../../shared/run.ts';
import type { Deployment, DeploymentDetail } from '../contract.ts';

/** Formats deployments for a terminal. */
export const listText = (items: readonly Deployment[], total: number): string =>
  `${table(
    ['ID', 'PROJECT', '#', 'TARGET', 'TITLE', 'STATUS', 'RESULT', 'STARTED'],
    items.map((d) => [
      ...[d.id, d.project.name, d.number, d.target, d.title, statusText(d.status, d.live)],
      ...[resultWords(d.summary), time(d.startedAt ?? d.createdAt)],
    ]),
  )}\n${colors.dim(`${items.length} of ${total}`)}`;

export const queueText = (items: readonly Deployment[]): string =>
  table(
    ['ID', 'PROJECT', '#', 'TARGET', 'TITLE', 'STATUS', 'PRIORITY'],
    items.map((d) => [
      ...[d.id, d.project.name, d.number, d.target, d.title, statusText(d.status, d.live)],
      d.priority,
    ]),
  );

export const endText = (d: DeploymentDetail): string =>
  d.failure ? `${detailText(d)}\n${failureText(d)}` : detailText(d);

export function detailText(d: DeploymentDetail): string {
  const took =
    d.startedAt && d.endedAt ? `${((d.endedAt - d.startedAt) / 1000).toFixed(2)} s` : null;
  const about = facts([
    ['deployment', `${d.project.name} #${d.number} (id ${d.id})`],
    ['target', targetText(d)],
    ['status', statusText(d.status, d.live)],
    ['took', took],
    ['what', d.title],
    ['commit', d.commit && `${d.commit.slice(0, 7)}${d.dirty ? ` +${d.dirty}` : ''}`],
    ['snapshot', d.snapshot?.name],
    ...summaryFacts(d.summary),
  ]);
  return [about, resultText(d.result, d.target)].filter(Boolean).join('\n');
}

function targetText({ target, summary }: DeploymentDetail): string {
  const called = targetAlso(summary);
  return `${target}${called ? ` (${called})` : ''}`;
}

function statusText(value: DeploymentStatus, live: boolean | null): string {
  const text = value === 'succeeded' && live === false ? 'reverted' : value;
  if (value === 'succeeded') return live === false ? colors.dim(text) : colors.green(text);
  return value === 'failed' || value === 'interrupted' ? colors.red(text) : colors.yellow(text);
}

function failureText(d: DeploymentDetail): string {
  const fix = d.failure?.fix?.command;
  const more = d.failure ? `\n  more: drydock explain ${d.failure.code}` : '';
  return `${colors.red('✗')} ${d.failure?.message}${more}${fix ? `\n  try: ${fix}` : ''}`;
}
