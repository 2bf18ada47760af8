import type { Terminal } from '@xterm/xterm';
import { formatLine } from './format-line.ts';
import type { LogBuffer } from './log-buffer.ts';

/** Lines joined into one write, once a frame: room for tens of thousands of lines a second. */
const linesAtOnce = 800;
/** Characters the terminal may owe us before we wait for it. */
const highWatermark = 600_000;

/**
 * Writes a buffer into a terminal, a big piece per frame and never more than the terminal can
 * keep up with. When lines left the buffer before their turn they are skipped: they would have
 * left the scrollback too.
 */
export class LogWriter {
  /** Index after the last line handed to the terminal. */
  written: number;
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

  /** Every line of the buffer is on the screen or in the scrollback. */
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
    // Frames stop in a hidden window, but the log must not pile up there.
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
    if (lines.length === 0) return;
    const piece = lines.map(formatLine).join('');
    this.written += lines.length;
    this.#owed += piece.length;
    this.terminal.write(piece, () => {
      this.#owed -= piece.length;
      this.onWritten();
      if (this.written < this.buffer.end) this.#wake();
    });
    if (this.written < buffer.end) this.#wake();
  }
}
