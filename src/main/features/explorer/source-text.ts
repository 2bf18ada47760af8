import { table } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import type { SourceFunction, SourcePosition, SourceTrace } from '../../shared/decoded.ts';
import type { TransactionSteps } from './contract.ts';

/** The lines around, the one that is meant marked, and below them what called what. */
export function sourceText({ position, stack }: SourceTrace): string {
  return [
    `  ${whereText(position)}`,
    ...linesOf(position),
    ...stack.map((one) => `  ${colors.dim('in')} ${functionText(one)}`),
  ].join('\n');
}

/** Some of the lines that ran, the one that was asked about marked. */
export function stepsText({ steps, files, at, count, failed, problem }: TransactionSteps): string {
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
  ].join('\n');
}

const whereText = ({ file, line, column }: SourcePosition): string => `${file}:${line}:${column}`;

function functionText({ contract, function: name, position }: SourceFunction): string {
  const where = position ? ` ${colors.dim(whereText(position))}` : '';
  return `${contract === null ? '' : `${contract}.`}${name}${where}`;
}

function linesOf({ line, endLine, excerpt }: SourcePosition): string[] {
  const width = String(excerpt.firstLine + excerpt.lines.length).length;
  return excerpt.lines.map((text, i) => {
    const number = excerpt.firstLine + i;
    const isMeant = number >= line && number <= endLine;
    const start = `${isMeant ? '>' : ' '} ${String(number).padStart(width)} |`;
    return `  ${isMeant ? colors.red(start) : colors.dim(start)} ${text}`;
  });
}
