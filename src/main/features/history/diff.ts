import type { ResultDiff } from '../../families/contract.ts';
import { factOf } from '../../families/fact.ts';
import type { Difference } from '../../families/family.ts';
import type { CommitRange } from '../../shared/commit-range.ts';
import type { DeploymentDiff, HistoryItem } from './contract.ts';

/** What is compared of a deployment besides its result. */
export interface DiffSide {
  item: HistoryItem;
  input: Readonly<Record<string, unknown>>;
  /** Names only; null when not recorded. */
  environment: readonly string[] | null;
}

/**
 * The differences between two deployments. Pure; ignores times.
 *
 * @param made the differences between their results
 */
export function diffDeployments(
  a: DiffSide,
  b: DiffSide,
  made: Difference<ResultDiff>,
  commits: CommitRange,
): DeploymentDiff {
  const facts = factsOf(a, b);
  const environment = environmentDiff(a, b);
  return {
    a: a.item,
    b: b.item,
    facts: [...facts, ...made.facts],
    ...made.parts,
    environment,
    commits,
    same:
      made.same &&
      facts.every((fact) => !fact.changed) &&
      environment.added.length === 0 &&
      environment.removed.length === 0,
  };
}

function factsOf(a: DiffSide, b: DiffSide): DeploymentDiff['facts'] {
  const fact = (name: string, of: (side: DiffSide) => string | number | null) =>
    factOf(name, of(a), of(b));
  return [
    fact('project', (side) => side.item.project.name),
    fact('target', (side) => side.item.target),
    fact('result', (side) => side.item.status),
    fact('what', (side) => side.item.title),
    ...inputNames(a, b).map((name) => fact(name, (side) => valueText(side.input[name]))),
    fact('branch', (side) => side.item.branch),
    fact('commit', (side) => side.item.commit),
    fact('changed files', (side) => side.item.dirty),
  ];
}

const inputNames = (a: DiffSide, b: DiffSide): string[] => [
  ...new Set([...Object.keys(a.input), ...Object.keys(b.input)]),
];

function valueText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.length > 0 ? value.map(valueText).join(', ') : null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function environmentDiff(a: DiffSide, b: DiffSide): DeploymentDiff['environment'] {
  const [left, right] = [
    a.environment && sorted(a.environment),
    b.environment && sorted(b.environment),
  ];
  const known = left && right;
  return {
    a: left,
    b: right,
    added: known ? right.filter((name) => !left.includes(name)) : [],
    removed: known ? left.filter((name) => !right.includes(name)) : [],
  };
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort();
