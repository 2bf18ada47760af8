import { isRedrawn, lastState, shortened } from './redrawn-line.ts';
import { Mask } from './secrets/mask.ts';

/** A longer line is cut into pieces: a screen can't show it. */
const LONGEST = 16_384;

/**
 * Cuts text that arrives in pieces into lines without their ends, as a terminal would show them:
 * see `lastState`. Secrets are hidden before a long line is cut.
 */
export class Lines {
  readonly #mask: () => Mask;
  #rest = '';

  /** @param mask is read at each use, because secrets may become known in between */
  constructor(mask: () => Mask = () => Mask.none) {
    this.#mask = mask;
  }

  push(text: string): string[] {
    const mask = this.#mask();
    const whole = this.#rest + text;
    const lines = whole.split('\n');
    let rest = lines.pop() ?? '';
    // Few pieces of output need either, and verbose tools write a million lines.
    const redrawn = isRedrawn(whole);
    const drawn = redrawn ? lines.map(lastState) : lines;
    const masked = mask.isEmpty ? drawn : drawn.map(mask.apply);
    if (redrawn) rest = shortened(rest);
    // Never cut inside a secret.
    while (rest.length > LONGEST + mask.longest) {
      const at = mask.cutAt(rest, LONGEST);
      masked.push(mask.apply(rest.slice(0, at)));
      rest = rest.slice(at);
    }
    this.#rest = rest;
    return masked.some(isTooLong) ? masked.flatMap(pieces) : masked;
  }

  /** The unfinished line, as far as it can be shown; empty: there is none. */
  unfinished(): string {
    return this.#mask().applyToUnfinished(lastState(this.#rest));
  }

  /** What is left without a line end. */
  end(): string[] {
    const rest = lastState(this.#rest);
    this.#rest = '';
    return rest === '' ? [] : pieces(this.#mask().apply(rest));
  }
}

const isTooLong = (line: string) => line.length > LONGEST;

function pieces(text: string): string[] {
  if (text.length <= LONGEST) return [text];
  const cut: string[] = [];
  for (let i = 0; i < text.length; i += LONGEST) cut.push(text.slice(i, i + LONGEST));
  return cut;
}
