import { clearLine, cursorTo } from 'node:readline';
import { terminalText } from './terminal-text.ts';

/** A line at the end of a terminal that is redrawn; other output is printed above it. */
export class LiveLine {
  readonly #terminal: NodeJS.WriteStream;
  #text = '';

  constructor(terminal: NodeJS.WriteStream = process.stdout) {
    this.#terminal = terminal;
  }

  /** The output is a terminal, not a file or another program. */
  get canBeSeen(): boolean {
    return this.#terminal.isTTY === true;
  }

  /** Empty: no line. */
  show(text: string): void {
    this.#erase();
    this.#text = terminalText(text).slice(0, Math.max(0, (this.#terminal.columns ?? 80) - 1));
    this.#terminal.write(this.#text);
  }

  /** Prints whole lines in its place, and redraws it below them. */
  above(print: () => void): void {
    this.#erase();
    print();
    if (this.#text !== '') this.#terminal.write(this.#text);
  }

  #erase(): void {
    if (this.#text === '') return;
    cursorTo(this.#terminal, 0);
    clearLine(this.#terminal, 0);
  }
}
