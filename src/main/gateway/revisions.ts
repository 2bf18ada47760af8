import { Refused } from './refused.ts';

/**
 * Numbers what is put under each name. A core decides by what it has seen: with the number it is
 * known when another core has put something else since.
 */
export class Revisions {
  readonly #of = new Map<string, number>();
  #last = 0;

  /** 0: nothing is there. */
  of(name: string): number {
    return this.#of.get(name) ?? 0;
  }

  /**
   * Greater than all before, of whatever name.
   *
   * @param seen absent: whatever is there
   * @throws Refused LATE: it is not what was seen
   */
  begin(name: string, seen?: number): void {
    if (this.isLate(name, seen)) {
      throw new Refused(409, 'LATE', `"${name}" is not what it was when it was looked at.`);
    }
    this.#of.set(name, ++this.#last);
  }

  end(name: string): void {
    this.#of.delete(name);
  }

  isLate(name: string, seen: number | undefined): boolean {
    return seen !== undefined && seen !== this.of(name);
  }
}
