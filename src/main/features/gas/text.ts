import { facts, plural, table } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import {
  type GasChange,
  type GasComparison,
  type GasCount,
  type GasDifference,
  type GasKey,
  type GasReport,
  namesOfSeveral,
} from './contract.ts';

type Side = GasComparison['before'];

const number = (value: number | null | undefined): string | null =>
  value === null || value === undefined ? null : value.toLocaleString('en-US');

export function reportText(report: GasReport): string {
  const several = namesOfSeveral(report.rows);
  const calls = report.rows.filter(({ kind }) => kind === 'call');
  const creations = report.rows.filter(({ kind }) => kind === 'creation');
  return [
    facts([
      ...aboutSide(report),
      ['gas', `${number(report.gasUsed)} in ${plural(report.transactions, 'transaction')}`],
    ]),
    ...problemsOf(report),
    ...(report.rows.length === 0 ? ['No call of a contract is known of it.'] : []),
    ...(creations.length === 0 ? [] : [creationsText(creations, several)]),
    ...(calls.length === 0 ? [] : [callsText(calls, several)]),
  ].join('\n\n');
}

export function comparisonText({ before, after, difference, rows }: GasComparison): string {
  const changed = rows.filter(({ change }) => change !== 'same');
  const same = rows.length - changed.length;
  return [
    facts([
      ['before', sideText(before)],
      ['after', sideText(after)],
      ['difference', differenceText(difference)],
    ]),
    ...new Set([...problemsOf(before), ...problemsOf(after)]),
    changed.length === 0 ? 'Nothing has changed.' : changesText(changed, namesOfSeveral(rows)),
    ...(same > 0 && changed.length > 0 ? [colors.dim(`${same} more are the same.`)] : []),
  ].join('\n\n');
}

function aboutSide({
  deployment,
  network,
  commit,
  fromBlock,
  toBlock,
}: Side): [string, string | null][] {
  const run = deployment && `${deployment.project.name} #${deployment.number} (${deployment.id})`;
  return [
    ['deployment', run],
    ['commit', commit?.slice(0, 7) ?? null],
    ['network', network],
    ['blocks', deployment ? null : `${fromBlock ?? 'first'} to ${toBlock ?? 'newest'}`],
  ];
}

const sideText = (side: Side): string =>
  [
    side.deployment && `${side.deployment.project.name} #${side.deployment.number}`,
    side.commit && `at ${side.commit.slice(0, 7)}`,
    `on ${side.network}: ${number(side.gasUsed)} in ${plural(side.transactions, 'transaction')}`,
  ]
    .filter((part) => part !== null)
    .join(' ');

function problemsOf({ network, stopped, untraced, truncated }: Side): string[] {
  const problems = [
    ...(stopped ? [`The chain ${network} is not running: this is what was recorded of it.`] : []),
    ...(untraced > 0
      ? [
          `Of ${plural(untraced, 'transaction')} no calls are known: they were not recorded, and the network does not trace them.`,
        ]
      : []),
    ...(truncated ? ['Only the newest are counted. Name fewer blocks to count older ones.'] : []),
  ];
  return problems.map(colors.yellow);
}

/** @param several names that contracts of several projects have */
const nameText = (
  { contract, project, address, through }: GasKey,
  several: ReadonlySet<string>,
): string =>
  `${contract !== null && project !== null && several.has(contract) ? `${project}.` : ''}${contract ?? address ?? '?'}${through === null ? '' : colors.dim(` through ${through}`)}`;

const creationsText = (rows: GasReport['rows'], several: ReadonlySet<string>): string =>
  table(
    ['CREATED', 'TIMES', 'GAS', 'MAX', 'CODE'],
    rows.map((row) => [
      ...[nameText(row, several), timesText(row), number(row.gas?.mean), number(row.gas?.max)],
      row.codeSize === null ? null : `${number(row.codeSize)} B`,
    ]),
  );

const callsText = (rows: GasReport['rows'], several: ReadonlySet<string>): string =>
  table(
    ['CONTRACT', 'FUNCTION', 'CALLS', 'MIN', 'MEDIAN', 'MEAN', 'MAX', 'OWN', 'TOTAL'],
    rows.map((row) => [
      ...[nameText(row, several), row.function, timesText(row), number(row.gas?.min)],
      ...[number(row.gas?.median), number(row.gas?.mean), number(row.gas?.max)],
      ...[number(row.own?.mean), number(row.gas?.total)],
    ]),
  );

const timesText = ({ calls, failed }: GasCount): string =>
  failed === 0 ? `${calls}` : `${calls} ${colors.red(`(${failed} failed)`)}`;

const changesText = (rows: readonly GasChange[], several: ReadonlySet<string>): string =>
  table(
    ['CONTRACT', 'FUNCTION', 'BEFORE', 'AFTER', 'DIFFERENCE', 'CODE'],
    rows.map((row) => [
      ...[
        nameText(row, several),
        row.function,
        number(row.before?.gas?.mean),
        number(row.after?.gas?.mean),
      ],
      ...[wordOf(row), codeText(row)],
    ]),
  );

const wordOf = ({ change, difference }: GasChange): string =>
  change === 'added'
    ? colors.yellow('new')
    : change === 'removed'
      ? colors.yellow('gone')
      : difference
        ? differenceText(difference)
        : '-';

function codeText({ before, after }: GasChange): string | null {
  const [had, has] = [before?.codeSize ?? null, after?.codeSize ?? null];
  if (had === null && has === null) return null;
  return had === has ? `${number(has)} B` : `${number(had) ?? '-'} → ${number(has) ?? '-'} B`;
}

function differenceText({ gas, percent }: GasDifference): string {
  const text = `${signed(gas)}${percent === null ? '' : ` (${signed(percent)} %)`}`;
  return gas === 0 ? text : gas > 0 ? colors.red(text) : colors.green(text);
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toLocaleString('en-US')}`;
