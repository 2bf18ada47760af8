import type { Terminal } from '@xterm/xterm';
import { formatLine, plain as onlyText } from './format-line.ts';
import type { LogBuffer } from './log-buffer.ts';

/** Lines joined into one write, once a frame: enough for tens of thousands of lines a second. */
const linesAtOnce = 800;
/** Characters that the terminal may have pending before writing pauses. */
const highWatermark = 600_000;

/**
 * Writes a buffer to a terminal, one large piece per frame and never more than the terminal can
 * handle. Lines that left the buffer before they were written are skipped: they would have left the
 * scrollback too.
 */
export class LogWriter {
  /** Index after the last line passed to the terminal. */
  written: number;
  /** The text after the last line. */
  #live = '';
  #owed = 0;
  #frame = 0;
  #stopped = false;
  readonly #unsubscribe: () => void;

  constructor(
    private readonly buffer: LogBuffer,
    private readonly terminal: Terminal,
    private readonly onWritten: () => void,
  ) {
    this.written = buffer.first;
    this.#unsubscribe = buffer.subscribe(() => this.#wake());
    this.#wake();
  }

  /** Whether every line of the buffer is on the screen or in the scrollback. */
  get settled(): boolean {
    return this.written >= this.buffer.end && this.#owed === 0;
  }

  stop(): void {
    this.#stopped = true;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#frame);
    this.#unsubscribe();
  }

  #wake(): void {
    if (this.#frame !== 0 || this.#stopped) return;
    // Frames stop in a hidden window, but the log must not accumulate there.
    this.#frame = document.hidden
      ? Number(setTimeout(() => this.#write(), 200))
      : requestAnimationFrame(() => this.#write());
  }

  #write(): void {
    this.#frame = 0;
    if (this.#stopped || this.#owed > highWatermark) return;
    const { buffer } = this;
    this.written = Math.max(this.written, buffer.first);
    const lines = buffer.slice(this.written, linesAtOnce);
    this.written += lines.length;
    // Never wider than a row, which can be erased.
    const live = this.written < buffer.end ? '' : buffer.live.slice(0, this.terminal.cols - 1);
    if (lines.length === 0 && live === this.#live) return;
    const erased = this.#live === '' ? '' : '\r\x1b[2K';
    this.#live = live;
    const piece = `${erased}${lines.map(formatLine).join('')}${onlyText(live)}`;
    this.#owed += piece.length;
    this.terminal.write(piece, () => {
      this.#owed -= piece.length;
      this.onWritten();
      if (this.written < this.buffer.end) this.#wake();
    });
    if (this.written < buffer.end) this.#wake();
  }
}
