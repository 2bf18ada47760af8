import { Slices } from '../../eth/inside/slices.ts';
import type { GasFigures, GasKey, GasRow } from './contract.ts';

/** One call of a contract, by the names of both. */
export interface CountedCall extends GasKey {
  failed: boolean;
  /** How many calls of its transaction are around it; each one comes before those that it makes. */
  depth: number;
  /** With all that it called. */
  gas: number;
  /** Without the contracts that it called. */
  own: number;
  /** Of a creation that went through, bytes. */
  codeSize: number | null;
}

interface Group {
  key: GasKey;
  calls: number;
  failed: number;
  gas: Distribution;
  own: Distribution;
  codeSize: number | null;
  /** How many of its calls that did not fail are around the last one that was added. */
  around: number;
}

/** Adds up the gas of calls by contract and function. */
export class GasTally {
  readonly #groups = new Map<string, Group>();
  /** The calls around the last one that was added, and that one. */
  readonly #path: { group: Group; depth: number }[] = [];
  calls = 0;

  add({ failed, gas, own, codeSize, depth, ...key }: CountedCall): void {
    const group = this.#groupOf(key);
    this.#leave(depth);
    this.calls++;
    group.calls++;
    if (failed) {
      group.failed++;
      return;
    }
    group.gas.add(gas, group.around === 0);
    group.own.add(own);
    group.around++;
    this.#path.push({ group, depth });
    if (codeSize !== null) group.codeSize = Math.max(group.codeSize ?? 0, codeSize);
  }

  /** What took most in total first. */
  async rows(): Promise<GasRow[]> {
    const slices = new Slices();
    const rows: GasRow[] = [];
    for (const { key, gas, own, calls, failed, codeSize } of this.#groups.values()) {
      rows.push({ ...key, calls, failed, codeSize, gas: gas.figures(), own: own.figures() });
      if (slices.isOver()) await slices.next();
    }
    return rows.sort((a, b) => (b.gas?.total ?? 0) - (a.gas?.total ?? 0));
  }

  #leave(depth: number): void {
    for (let last = this.#path.at(-1); last && last.depth >= depth; last = this.#path.at(-1)) {
      last.group.around--;
      this.#path.pop();
    }
  }

  #groupOf(key: GasKey): Group {
    const at = keyText(key);
    const known = this.#groups.get(at);
    if (known) return known;
    const gas = new Distribution();
    const own = new Distribution();
    const group = { key, calls: 0, failed: 0, gas, own, codeSize: null, around: 0 };
    this.#groups.set(at, group);
    return group;
  }
}

/** The same for what counts as the same. */
export const keyText = ({
  kind,
  contract,
  project,
  address,
  through,
  function: name,
}: GasKey): string => JSON.stringify([kind, contract, project, address, through, name]);

/** Many numbers of which most occur often, as those of calls of one function do. */
class Distribution {
  readonly #counts = new Map<number, number>();
  #count = 0;
  #sum = 0;
  #total = 0;

  /** @param isApart false: it is in another one, so that the total has it already */
  add(value: number, isApart = true): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
    this.#count++;
    this.#sum += value;
    if (isApart) this.#total += value;
  }

  figures(): GasFigures | null {
    if (this.#count === 0) return null;
    const values = Float64Array.from(this.#counts.keys()).sort();
    const upper = this.#at(values, Math.floor(this.#count / 2));
    const lower = this.#count % 2 === 0 ? this.#at(values, this.#count / 2 - 1) : upper;
    return {
      min: values[0] as number,
      median: Math.round((lower + upper) / 2),
      mean: Math.round(this.#sum / this.#count),
      max: values.at(-1) as number,
      total: this.#total,
    };
  }

  /** The value at a position in the order of all. */
  #at(values: Float64Array, position: number): number {
    let passed = 0;
    for (const value of values) {
      passed += this.#counts.get(value) ?? 0;
      if (passed > position) return value;
    }
    return values.at(-1) ?? 0;
  }
}
