import type { IBuffer, IBufferLine } from '@xterm/xterm';

/** A match, in cells of the terminal's buffer. It may continue on the rows below. */
export interface Match {
  row: number;
  column: number;
  /** In cells. */
  length: number;
  text: string;
}

/** The first row of the line that a row belongs to: long lines fill several rows. */
export function firstRowOf(buffer: IBuffer, row: number): number {
  let first = row;
  while (first > 0 && buffer.getLine(first)?.isWrapped) first -= 1;
  return first;
}

/** The row after the line that begins at a row. */
export function nextLineAfter(buffer: IBuffer, row: number): number {
  let next = row + 1;
  while (next < buffer.length && buffer.getLine(next)?.isWrapped) next += 1;
  return next;
}

/** The text of the rows from one up to another, which are one line. */
export function lineText(buffer: IBuffer, from: number, to: number): string {
  let text = '';
  for (let row = from; row < to; row += 1) {
    text += buffer.getLine(row)?.translateToString(row === to - 1) ?? '';
  }
  return text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
const ascii = /^[\x00-\x7f]*$/;

/** The cell of each character of a row, and the one after the last. Wide characters fill two. */
function cellsOf(line: IBufferLine, columns: number): number[] {
  const cells: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    const cell = line.getCell(column);
    if (!cell || cell.getWidth() === 0) continue;
    for (let at = 0; at < (cell.getChars().length || 1); at += 1) cells.push(column);
  }
  return cells;
}

/** What a global pattern matches in the rows from one up to another, which are one line. */
export function matchesInLine(
  buffer: IBuffer,
  columns: number,
  from: number,
  to: number,
  pattern: RegExp,
): Match[] {
  const text = lineText(buffer, from, to);
  if (text === '') return [];
  let cells: number[] | null = null;
  const cellOf = (at: number): number => {
    if (ascii.test(text)) return at;
    cells ??= Array.from({ length: to - from }, (_, row) => row).flatMap((row) => {
      const line = buffer.getLine(from + row);
      return line ? cellsOf(line, columns).map((cell) => row * columns + cell) : [];
    });
    return cells[at] ?? (to - from) * columns;
  };
  const found: Match[] = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '') continue;
    const start = cellOf(match.index);
    const end = cellOf(match.index + match[0].length);
    found.push({
      row: from + Math.floor(start / columns),
      column: start % columns,
      length: end - start,
      text: match[0],
    });
  }
  return found;
}
