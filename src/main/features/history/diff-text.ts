import pc from 'picocolors';
import { table } from '../../kit/cli.ts';
import type { CommitRange, DeploymentDiff } from './contract.ts';

/** A comparison as a person reads it in a terminal: only what differs. */
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
    section(
      'Contracts',
      ['CONTRACT', 'CHANGES', 'A', 'B', 'GAS'],
      diff.contracts.map((contract) => [
        contract.name,
        contract.changes.join(', ') || pc.dim('same'),
        contract.a?.address ?? null,
        contract.b?.address ?? null,
        gas(contract.a?.gasUsed, contract.b?.gasUsed),
      ]),
    ),
    notes(diff),
    section(
      'Constructor arguments',
      ['CONTRACT', 'A', 'B'],
      diff.contracts
        .filter((contract) => contract.changes.includes('arguments'))
        .map((c) => [c.name, text(c.a?.arguments), text(c.b?.arguments)]),
    ),
    section(
      'Calls',
      ['CALL', 'A', 'B'],
      diff.calls.filter((call) => call.changed).map((call) => [call.name, call.a, call.b]),
    ),
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

function section(title: string, head: string[], rows: (string | null)[][]): string | null {
  return rows.length === 0 ? null : `${pc.bold(title)}\n${table(head, rows)}`;
}

function notes(diff: DeploymentDiff): string | null {
  const lines = diff.contracts.flatMap((contract) =>
    (['a', 'b'] as const).flatMap((side) => {
      const one = contract[side];
      return one && !one.code
        ? [`${contract.name} in ${side.toUpperCase()}: code ${one.codeFrom}`]
        : [];
    }),
  );
  return lines.length === 0 ? null : pc.dim(lines.join('\n'));
}

function commits({ a, b, added, removed, truncated, problem }: CommitRange): string | null {
  if (problem) return `${pc.bold('Commits')}\n${problem}`;
  if (added.length + removed.length === 0) return null;
  const line = (sign: string) => (one: { commit: string; subject: string }) =>
    `${sign} ${one.commit.slice(0, 7)} ${one.subject}`;
  return [
    pc.bold(`Commits ${a?.slice(0, 7)}..${b?.slice(0, 7)}`),
    ...added.map(line('+')),
    ...removed.map(line('-')),
    ...(truncated ? ['… and more'] : []),
  ].join('\n');
}

function gas(a: string | null | undefined, b: string | null | undefined): string | null {
  if (!a || !b) return a ?? b ?? null;
  const difference = BigInt(b) - BigInt(a);
  if (difference === 0n) return b;
  return `${b} (${difference > 0n ? '+' : ''}${difference})`;
}

const text = (values: readonly string[] | null | undefined) =>
  values ? `(${values.join(', ')})` : null;
