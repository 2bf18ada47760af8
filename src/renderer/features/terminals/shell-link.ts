import { ORPCError } from '@orpc/client';
import type { Terminal } from '@xterm/xterm';
import type { TerminalEvent } from '#main/features/terminals/contract.ts';
import { client } from '../../core/client.ts';
import { forever } from '../../core/streams/forever.ts';

/** Output that the screen may have pending before more is requested. */
const LOW = 65_536;
const PASTE_PIECE = 65_536;

export type ShellEnd = Extract<TerminalEvent, { type: 'exit' }> | 'closed';

/**
 * Connects a screen to a shell: output arrives as fast as the screen can show it, input is sent in
 * order. After a lost connection it resumes where it stopped.
 */
export class ShellLink {
  readonly #id: string;
  readonly #screen: Terminal;
  readonly #onEnd: (end: ShellEnd) => void;
  readonly #abort = new AbortController();
  #position = 0;
  #owed = 0;
  #drained: (() => void) | undefined;
  /** Up to here, output is repeated: the screen's replies to it were already sent. */
  #replayed: number | undefined;
  #shown = 0;
  #typed = '';
  #sending = false;

  constructor(id: string, screen: Terminal, onEnd: (end: ShellEnd) => void) {
    this.#id = id;
    this.#screen = screen;
    this.#onEnd = onEnd;
    void forever(this.#abort.signal, () => this.#follow());
  }

  close(): void {
    this.#abort.abort();
    this.#drained?.();
  }

  /** What was typed, pasted, or sent as a reply by the screen itself. */
  type(text: string): void {
    const again = this.#replayed !== undefined && this.#shown < this.#replayed;
    if (again && isAnswer(text)) return;
    this.#typed += text;
    void this.#send();
  }

  resize(columns: number, rows: number): void {
    client.terminals.resize({ id: this.#id, columns, rows }).catch(() => {
      // It has ended, which the stream reports.
    });
  }

  async #follow(): Promise<void> {
    const { signal } = this.#abort;
    try {
      while (!signal.aborted) {
        const stream = await client.terminals.watch(
          { id: this.#id, after: this.#position },
          { signal },
        );
        for await (const event of stream) this.#take(event);
        await this.#untilDrained();
      }
    } catch (error) {
      if (!(error instanceof ORPCError && error.code === 'TERMINAL_NOT_FOUND')) throw error;
      this.#abort.abort();
      this.#onEnd('closed');
    }
  }

  #take(event: TerminalEvent): void {
    if (event.type === 'attached') {
      if (event.from > this.#position && this.#replayed !== undefined) this.#screen.reset();
      this.#position = event.from;
      this.#shown = Math.max(this.#shown, event.from);
      this.#replayed ??= event.end;
    } else if (event.type === 'data') {
      const end = event.start + event.text.length;
      this.#position = end;
      this.#owed += event.text.length;
      this.#screen.write(event.text, () => {
        this.#shown = end;
        this.#owed -= event.text.length;
        if (this.#owed < LOW) this.#drained?.();
      });
    } else {
      this.#abort.abort();
      this.#onEnd(event);
    }
  }

  #untilDrained(): Promise<void> {
    if (this.#owed < LOW || this.#abort.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#drained = () => {
        this.#drained = undefined;
        resolve();
      };
    });
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#typed !== '' && !this.#abort.signal.aborted) {
        const text = firstPiece(this.#typed);
        this.#typed = this.#typed.slice(text.length);
        await client.terminals.write({ id: this.#id, text });
      }
    } catch {
      // The shell has ended, or the connection was lost: input must not be delivered later.
      this.#typed = '';
    } finally {
      this.#sending = false;
    }
  }
}

/** The screen's automatic replies to a program's queries for its kind, state or colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject
const answer = /^\x1b(\[[?>=]?[\d;]*[$a-zA-Z]?[cnRyIO]|[\]P])/;
const isAnswer = (text: string) => answer.test(text);

/** Never cut inside a surrogate pair. */
function firstPiece(text: string): string {
  if (text.length <= PASTE_PIECE) return text;
  const last = text.charCodeAt(PASTE_PIECE - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? PASTE_PIECE - 1 : PASTE_PIECE);
}
