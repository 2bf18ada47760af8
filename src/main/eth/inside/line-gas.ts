import type { SourceStep } from './source-steps.ts';
import type { SourceText } from './source-text.ts';
import type { Place } from './sourced-code.ts';

/** A call of a contract that runs. */
interface Open {
  call: number;
  /** Before its last step, and where that belongs. */
  gas: number;
  place: Place | null;
  /** Behind its last instruction. */
  left: number;
  /** What lines have taken that run inside of its last step. */
  inner: number;
  /** What its lines and those inside of it have taken together. */
  taken: number;
}

/**
 * Adds up what each line took: without the lines that run in what it calls, with calls of code whose
 * source isn't known. What comes from no line belongs to the one before.
 */
export class LineGas {
  readonly #open: Open[] = [];
  readonly #found = new Map<SourceText, Map<number, number>>();
  readonly #lineOf = new Map<Place, number>();

  add({ frame: { call }, gas, left, place, failure }: SourceStep): void {
    let top = this.#open.at(-1);
    if (top && top.call !== call && this.#open.some((one) => one.call === call)) {
      while (top && top.call !== call) {
        this.#close();
        top = this.#open.at(-1);
      }
    }
    if (!top || top.call !== call) {
      this.#open.push({ call, gas, place, left, inner: 0, taken: 0 });
    } else {
      this.#spend(top, top.gas - gas);
      Object.assign(top, { gas, left, place: place ?? top.place, inner: 0 });
    }
    const last = this.#open.at(-1);
    // What fails other than by reverting takes all that is left.
    if (last && failure?.takesAll) last.left = 0;
  }

  /** Every line that took some, by its source. */
  end(): ReadonlyMap<SourceText, ReadonlyMap<number, number>> {
    while (this.#open.length > 0) this.#close();
    return this.#found;
  }

  #close(): void {
    const closed = this.#open.pop();
    if (!closed) return;
    this.#spend(closed, closed.gas - closed.left);
    const around = this.#open.at(-1);
    if (around) around.inner += closed.taken;
  }

  #spend(open: Open, gas: number): void {
    const own = Math.max(0, gas - open.inner);
    open.taken += open.inner;
    if (!open.place) return;
    open.taken += own;
    const { source } = open.place;
    const lines = this.#found.get(source) ?? new Map<number, number>();
    this.#found.set(source, lines);
    const line = this.#lineAt(open.place);
    lines.set(line, (lines.get(line) ?? 0) + own);
  }

  #lineAt(place: Place): number {
    const known = this.#lineOf.get(place) ?? place.source.lineAndColumn(place.start).line;
    this.#lineOf.set(place, known);
    return known;
  }
}
