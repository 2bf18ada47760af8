import { colors } from '../../lib/cli/colors.ts';
import type { SourceFunction, SourcePosition, SourceTrace } from '../../shared/decoded.ts';

/** The lines around, the one that is meant marked, and below them what called what. */
export function sourceText({ position, stack }: SourceTrace): string {
  return [
    `  ${whereText(position)}`,
    ...linesOf(position),
    ...stack.map((one) => `  ${colors.dim('in')} ${functionText(one)}`),
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
