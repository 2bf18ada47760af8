import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';

/** Whether the lines that are told end with `// line: <comment>`, as the fixtures mark theirs. */
export function tellsLine({ source }: TransactionDetail, comment: string): boolean {
  if (!source) return false;
  const { line, endLine, excerpt } = source.position;
  const lines = excerpt.lines.slice(line - excerpt.firstLine, endLine - excerpt.firstLine + 1);
  return lines.length < 4 && lines.some((text) => text.endsWith(`// line: ${comment}`));
}

/** The functions of the stack that is told, the innermost first: `check < setExitFee`. */
export const toldStack = ({ source }: TransactionDetail): string | undefined =>
  source?.stack.map((one) => one.function).join(' < ');
