/** In ms: long enough that pausing costs little, short enough not to delay other work. */
const SLICE = 10;

/** Lets others work in between, for loops over more than fits into one turn. */
export class Slices {
  #began = performance.now();

  /** Whether this turn has lasted long enough: `if (slices.isOver()) await slices.next()`. */
  isOver(): boolean {
    return performance.now() - this.#began > SLICE;
  }

  async next(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.#began = performance.now();
  }
}
