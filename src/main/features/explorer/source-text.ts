import { table } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import type { SourceFunction, SourcePosition, SourceTrace } from '../../shared/decoded.ts';
import { cell, oneLine } from '../../shared/one-line.ts';
import type {
  LineGas,
  RanFunctions,
  StepDetail,
  StepFrame,
  TransactionSteps,
} from './contract/source.ts';

/** The lines around, the one that is meant marked, and below them what called what. */
export function sourceText({ position, stack }: SourceTrace): string {
  return [
    `  ${whereText(position)}`,
    ...linesOf(position),
    ...stack.map((one) => `  ${colors.dim('in')} ${functionText(one)}`),
  ].join('\n');
}

/** Some of the lines that ran, the one that was asked about marked. */
export function stepsText({
  steps,
  files,
  at,
  count,
  failed,
  problem,
  stack,
}: TransactionSteps & Pick<StepDetail, 'stack'>): string {
  const rows = steps.map(({ index, call, depth, contract, function: name, file, line, text }) => [
    index === at ? colors.red(`> ${index}`) : `  ${index}`,
    call,
    `${'  '.repeat(Math.max(0, depth - 1))}${contract === null ? '' : `${contract}.`}${name}`,
    `${files[file]}:${line}`,
    text.trim(),
  ]);
  return [
    ...(rows.length > 0 ? [table(['STEP', 'CALL', 'FUNCTION', 'LINE', ''], rows)] : []),
    ...(count > steps.length
      ? [colors.dim(`${steps.length} of ${count} steps: --at, --limit`)]
      : []),
    ...(failed === null ? [] : [colors.dim(`It failed at step ${failed}.`)]),
    ...(problem === null ? [] : [colors.yellow(problem)]),
    ...stack.flatMap(frameLines),
  ].join('\n');
}

/** A function with its values, and where it is. */
function frameLines({
  contract,
  function: name,
  file,
  line,
  arguments: given,
  locals,
  problem,
}: StepFrame): string[] {
  const where = file === null ? '' : ` ${colors.dim(`${file}:${line}`)}`;
  return [
    `${colors.dim('in')} ${contract === null ? '' : `${contract}.`}${name}${where}`,
    ...[...given, ...locals].map(
      (one) => `  ${colors.dim(one.type)} ${one.name} = ${oneLine(one.value ?? '(not known)')}`,
    ),
    ...(problem === null ? [] : [`  ${colors.yellow(problem)}`]),
  ];
}

export const lineGasText = ({ lines, count, problem }: LineGas): string =>
  [
    ...(lines.length === 0
      ? []
      : [
          table(
            ['GAS', 'LINE', ''],
            lines.map(({ file, line, text, gas }) => [gas, `${file}:${line}`, cell(text)]),
          ),
        ]),
    ...(count > lines.length ? [colors.dim(`${lines.length} of ${count} lines: --limit`)] : []),
    ...(problem === null ? [] : [colors.yellow(problem)]),
  ].join('\n');

/** A tree, one line for each function; `call` begins what a call of a contract runs. */
export const functionsText = ({ functions, count, problem }: RanFunctions): string =>
  [
    ...functions.map(({ depth, isInternal, contract, function: name, file, line, step, call }) => {
      const by = isInternal ? '' : colors.dim(`call ${call} `);
      const where = colors.dim(`${file}:${line} step ${step}`);
      return `${'  '.repeat(depth)}${by}${contract === null ? '' : `${contract}.`}${name} ${where}`;
    }),
    ...(count > functions.length
      ? [colors.dim(`${functions.length} of ${count} functions: --limit`)]
      : []),
    ...(problem === null ? [] : [colors.yellow(problem)]),
  ].join('\n');

const whereText = ({ file, line, column }: SourcePosition): string => `${file}:${line}:${column}`;

function functionText({ contract, function: name, position }: SourceFunction): string {
  const where = position ? ` ${colors.dim(whereText(position))}` : '';
  return `${[contract, name].filter((one) => one !== null).join('.')}${where}`;
}

function linesOf({ line, endLine, excerpt }: SourcePosition): string[] {
  const width = String(excerpt.firstLine + excerpt.lines.length).length;
  const taken = (excerpt.gas ?? []).filter((one) => one !== null);
  const hasGas = taken.length > 0;
  const gasWidth = Math.max(3, ...taken.map((one) => String(one).length));
  const head = hasGas ? [`  ${colors.dim('gas'.padStart(gasWidth))}`] : [];
  const lines = excerpt.lines.map((text, i) => {
    const number = excerpt.firstLine + i;
    const isMeant = number >= line && number <= endLine;
    const start = `${isMeant ? '>' : ' '} ${String(number).padStart(width)} |`;
    const gas = hasGas ? colors.dim(String(excerpt.gas?.[i] ?? '').padStart(gasWidth)) : '';
    return `  ${gas}${hasGas ? ' ' : ''}${isMeant ? colors.red(start) : colors.dim(start)} ${text}`;
  });
  return [...head, ...lines];
}
