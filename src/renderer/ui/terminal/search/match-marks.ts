import type { IDecoration, IDisposable, Terminal } from '@xterm/xterm';
import type { Match } from '../line-matches.ts';
import { matchColours } from '../terminal-theme.ts';

/** Marks the matches in view, the current one above the others. */
export class MatchMarks {
  #matches: readonly Match[] = [];
  #current = -1;
  #top = -1;
  #marks: IDecoration[] = [];
  readonly #following: IDisposable;

  constructor(private readonly terminal: Terminal) {
    this.#following = terminal.onRender(() => {
      if (terminal.buffer.active.viewportY !== this.#top) this.#draw();
    });
  }

  show(matches: readonly Match[], current: number): void {
    this.#matches = matches;
    this.#current = current;
    this.#draw();
  }

  dispose(): void {
    this.#following.dispose();
    this.#clear();
  }

  #clear(): void {
    for (const mark of this.#marks) mark.marker.dispose();
    this.#marks = [];
  }

  #draw(): void {
    const { terminal } = this;
    const { viewportY: top } = terminal.buffer.active;
    this.#top = top;
    this.#clear();
    const first = this.#matches.findIndex(
      ({ row, column, length }) => row + Math.floor((column + length) / terminal.cols) >= top,
    );
    if (first < 0) return;
    for (let index = first; index < this.#matches.length; index += 1) {
      const match = this.#matches[index];
      if (!match || match.row >= top + terminal.rows) return;
      this.#mark(match, index === this.#current);
    }
  }

  #mark({ row, column, length }: Match, isCurrent: boolean): void {
    const { terminal } = this;
    const { active } = terminal.buffer;
    const colours = matchColours();
    let left = length;
    let x = column;
    for (let y = row; left > 0; y += 1) {
      const width = Math.min(left, terminal.cols - x);
      const marker = terminal.registerMarker(y - active.baseY - active.cursorY);
      const mark = terminal.registerDecoration({
        marker,
        x,
        width,
        backgroundColor: isCurrent ? colours.current : colours.other,
        ...(isCurrent ? { foregroundColor: colours.onCurrent } : {}),
        layer: 'top',
      });
      mark?.onRender((element) => {
        element.dataset.match = isCurrent ? 'current' : 'other';
      });
      if (mark) this.#marks.push(mark);
      left -= width;
      x = 0;
    }
  }
}
