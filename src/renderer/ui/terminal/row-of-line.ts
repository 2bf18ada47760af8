import type { IBuffer } from '@xterm/xterm';

/**
 * The row of the line that was written `back` lines before the last one, or -1 when it has left the
 * scrollback. Rows that continue a long line don't count.
 */
export function rowOfLine(buffer: IBuffer, back: number): number {
  // The cursor is on the empty row after the last line.
  let row = buffer.baseY + buffer.cursorY;
  let left = back + 1;
  while (left > 0) {
    row -= 1;
    while (row > 0 && buffer.getLine(row)?.isWrapped) row -= 1;
    if (row < 0) return -1;
    left -= 1;
  }
  return row;
}
