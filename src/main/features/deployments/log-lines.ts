import type { OutputStream } from '../../engines/engine.ts';

/** A line longer than this is cut into pieces: nobody reads it, and a screen can't show it. */
const LONGEST = 16_384;

/** Cuts two streams of text into lines without their ends, `\n` or `\r\n`. */
export class LogLines {
  readonly #rest: Record<OutputStream, string> = { stdout: '', stderr: '' };

  push(stream: OutputStream, text: string): string[] {
    const lines = (this.#rest[stream] + text).split('\n');
    let rest = lines.pop() ?? '';
    while (rest.length > LONGEST) {
      lines.push(rest.slice(0, LONGEST));
      rest = rest.slice(LONGEST);
    }
    this.#rest[stream] = rest;
    return lines.flatMap(pieces);
  }

  /** What is left without an end. */
  end(stream: OutputStream): string[] {
    const rest = this.#rest[stream];
    this.#rest[stream] = '';
    return rest === '' ? [] : pieces(rest);
  }
}

function pieces(line: string): string[] {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (text.length <= LONGEST) return [text];
  const cut: string[] = [];
  for (let i = 0; i < text.length; i += LONGEST) cut.push(text.slice(i, i + LONGEST));
  return cut;
}
