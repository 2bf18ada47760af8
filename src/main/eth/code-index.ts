import type { CodeGap, CompiledContract } from './compiled-contract.ts';

/** A compiled contract that fits some code. */
export interface NamedCode {
  contract: CompiledContract;
  /** What follows the creation code: the encoded arguments, hex digits; null: it is not known. */
  constructorArguments: string | null;
}

interface Prepared {
  contract: CompiledContract;
  creation: string;
  runtime: string;
  runtimeGaps: readonly CodeGap[];
  /** Digits at the end of the runtime code that depend on comments and paths alone. */
  metadata: number;
}

/** Digits that are compared first, so that a long list is not looked through for each contract. */
const HEAD = 64;
/** The two bytes at the end that say how long the metadata is. */
const LENGTH_DIGITS = 4;
const MOST_METADATA = 400;

/**
 * Finds the compiled contract that some code on a chain came from.
 *
 * Creation code fits when it begins with that of the contract; of several the longest one counts.
 * Runtime code fits as a whole, then without the metadata at its end
 * (https://docs.soliditylang.org/en/latest/metadata.html#encoding-of-the-metadata-hash-in-the-bytecode).
 * Addresses of libraries and immutable values may be any.
 */
export class CodeIndex {
  readonly #byCreationHead = new Map<string, Prepared[]>();
  readonly #byRuntimeLength = new Map<number, Prepared[]>();

  constructor(contracts: Iterable<CompiledContract>) {
    for (const contract of contracts) {
      const prepared = prepare(contract);
      if (prepared.creation === '') continue;
      const isOpen = contract.creationGaps.some(({ start }) => start * 2 < HEAD);
      push(this.#byCreationHead, isOpen ? OPEN : headOf(prepared.creation), prepared);
      if (prepared.runtime !== '') push(this.#byRuntimeLength, prepared.runtime.length, prepared);
    }
  }

  /** By what a transaction or a contract has created it with. `code`: hex, with or without 0x. */
  byCreation(code: string): NamedCode | null {
    const digits = digitsOf(code);
    const best = first(this.#fitting(digits));
    return (
      best && {
        contract: best.contract,
        constructorArguments: digits.slice(best.creation.length),
      }
    );
  }

  /** Whether a contract of that name, of several with the same code, may have been created. */
  isCreationOf(code: string, name: string): boolean {
    return this.#fitting(digitsOf(code)).some(({ contract }) => contract.name === name);
  }

  /** By what stands at an address. `code`: hex, with or without 0x. */
  byRuntime(code: string): NamedCode | null {
    const digits = digitsOf(code);
    const sameLength = this.#byRuntimeLength.get(digits.length) ?? [];
    const best =
      first(sameLength.filter((one) => isWhole(one, digits))) ??
      first(sameLength.filter((one) => isBare(one, digits)));
    return best && { contract: best.contract, constructorArguments: null };
  }

  #fitting(digits: string): Prepared[] {
    const fitting = [headOf(digits), OPEN]
      .flatMap((head) => this.#byCreationHead.get(head) ?? [])
      .filter(({ creation }) => digits.length >= creation.length)
      .filter(({ creation, contract }) => fits(digits, creation, contract.creationGaps));
    const longest = Math.max(0, ...fitting.map(({ creation }) => creation.length));
    return fitting.filter(({ creation }) => creation.length === longest);
  }
}

/**
 * How far the code at an address is that of a compiled contract: `exact` with the metadata at its end,
 * `partial` without it, which tells comments and paths apart. null: it is another one.
 */
export function runtimeMatch(contract: CompiledContract, code: string): 'exact' | 'partial' | null {
  const digits = digitsOf(code);
  const prepared = prepare(contract);
  if (digits.length !== prepared.runtime.length) return null;
  if (isWhole(prepared, digits)) return 'exact';
  return isBare(prepared, digits) ? 'partial' : null;
}

const isWhole = ({ runtime, runtimeGaps }: Prepared, digits: string): boolean =>
  fits(digits, runtime, runtimeGaps);

const isBare = ({ runtime, runtimeGaps, metadata }: Prepared, digits: string): boolean =>
  metadata > 0 && fits(digits.slice(0, -metadata), runtime.slice(0, -metadata), runtimeGaps);

/** Stands for first digits that are too few, or that may be any. */
const OPEN = '';
/** How the code of a library begins until it is deployed: it holds its own address then. */
const LIBRARY = `73${'0'.repeat(40)}30`;
const OWN_ADDRESS: CodeGap = { start: 1, length: 20 };

function prepare(contract: CompiledContract): Prepared {
  const creation = digitsOf(contract.creationCode);
  const runtime = digitsOf(contract.runtimeCode);
  const runtimeGaps = runtime.startsWith(LIBRARY)
    ? [OWN_ADDRESS, ...contract.runtimeGaps]
    : contract.runtimeGaps;
  return { contract, creation, runtime, runtimeGaps, metadata: metadataOf(runtime) };
}

/** Digits of the metadata behind some code without its 0x. */
export function metadataOf(runtime: string): number {
  const length = Number.parseInt(runtime.slice(-LENGTH_DIGITS), 16) * 2 + LENGTH_DIGITS;
  return length < runtime.length && length <= MOST_METADATA ? length : 0;
}

const digitsOf = (code: string): string => code.replace(/^0x/, '').toLowerCase();

const headOf = (digits: string): string => (digits.length < HEAD ? OPEN : digits.slice(0, HEAD));

function first(all: readonly Prepared[]): Prepared | null {
  const [best] = all.toSorted((a, b) => a.contract.rank - b.contract.rank);
  return best ?? null;
}

/** Whether `code` begins with `pattern` outside of the gaps. */
function fits(code: string, pattern: string, gaps: readonly CodeGap[]): boolean {
  let at = 0;
  for (const { start, length } of gaps.toSorted((a, b) => a.start - b.start)) {
    const end = Math.min(start * 2, pattern.length);
    if (end > at && code.slice(at, end) !== pattern.slice(at, end)) return false;
    at = Math.max(at, (start + length) * 2);
  }
  return code.slice(at, pattern.length) === pattern.slice(at);
}

function push<Key>(map: Map<Key, Prepared[]>, key: Key, value: Prepared): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
