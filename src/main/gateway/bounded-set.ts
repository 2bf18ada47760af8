/** The last so many texts that were added. */
export class BoundedSet {
  readonly #values: Set<string>;
  readonly #most: number;

  constructor(most: number, values: Iterable<string> = []) {
    this.#most = most;
    this.#values = new Set(values);
  }

  get size(): number {
    return this.#values.size;
  }

  /** Whether it is new. */
  add(value: string): boolean {
    const isNew = !this.#values.delete(value);
    this.#values.add(value);
    const [oldest] = this.#values;
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest);
    return isNew;
  }

  has(value: string): boolean {
    return this.#values.has(value);
  }

  delete(value: string): void {
    this.#values.delete(value);
  }

  list(): string[] {
    return [...this.#values];
  }
}
