/** A line longer than this is cut into pieces: nobody reads it, and a screen can't show it. */
const LONGEST = 16_384;

/** Cuts text that comes in pieces into lines without their ends, `\n` or `\r\n`. */
export class Lines {
  #rest = '';

  push(text: string): string[] {
    const lines = (this.#rest + text).split('\n');
    let rest = lines.pop() ?? '';
    while (rest.length > LONGEST) {
      lines.push(rest.slice(0, LONGEST));
      rest = rest.slice(LONGEST);
    }
    this.#rest = rest;
    return lines.some(needsCutting) ? lines.flatMap(pieces) : lines;
  }

  /** What is left without an end. */
  end(): string[] {
    const rest = this.#rest;
    this.#rest = '';
    return rest === '' ? [] : pieces(rest);
  }
}

/** Hardly any does, and a loud tool has a million. */
const needsCutting = (line: string) => line.length > LONGEST || line.endsWith('\r');

function pieces(line: string): string[] {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (text.length <= LONGEST) return [text];
  const cut: string[] = [];
  for (let i = 0; i < text.length; i += LONGEST) cut.push(text.slice(i, i + LONGEST));
  return cut;
}
