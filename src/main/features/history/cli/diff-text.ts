import { resultDiffText } from '../../../families/texts.ts';
import { colors } from '../../../lib/cli/colors.ts';
import { section } from '../../../lib/cli/section.ts';
import type { CommitRange } from '../../../shared/commit-range.ts';
import type { DeploymentDiff } from '../contract.ts';

/** Formats a comparison for a terminal: only the differences. */
export function diffText(diff: DeploymentDiff): string {
  const { a, b } = diff;
  const title = `A  ${a.project.name} #${a.number} (id ${a.id})\nB  ${b.project.name} #${b.number} (id ${b.id})`;
  const parts = [
    title,
    diff.same ? 'They are the same.' : null,
    section(
      'Differs',
      ['', 'A', 'B'],
      diff.facts.filter((fact) => fact.changed).map((fact) => [fact.name, fact.a, fact.b]),
    ),
    ...resultDiffText(diff),
    section(
      'Environment',
      ['', 'NAME'],
      [
        ...diff.environment.added.map((name) => ['added', name]),
        ...diff.environment.removed.map((name) => ['removed', name]),
      ],
    ),
    commits(diff.commits),
  ];
  return parts.filter((part) => part !== null).join('\n\n');
}

function commits({ a, b, added, removed, truncated, problem }: CommitRange): string | null {
  if (problem) return `${colors.bold('Commits')}\n${problem}`;
  if (added.length + removed.length === 0) return null;
  const line = (sign: string) => (one: { commit: string; subject: string }) =>
    `${sign} ${one.commit.slice(0, 7)} ${one.subject}`;
  return [
    colors.bold(`Commits ${a?.slice(0, 7)}..${b?.slice(0, 7)}`),
    ...added.map(line('+')),
    ...removed.map(line('-')),
    ...(truncated ? ['… and more'] : []),
  ].join('\n');
}
