/** Bytes of a source file. `file` is the compiler's number of it; -1: of none. */
export interface SourceRange {
  file: number;
  start: number;
  length: number;
}

/** What a jump does in terms of the source: goes into a function, out of one, or neither. */
export type JumpMark = 'i' | 'o' | '-';

const NOWHERE = -1;
const PUSH1 = 0x60;
const PUSH32 = 0x7f;

/**
 * Where each instruction of some code comes from
 * (https://docs.soliditylang.org/en/latest/internals/source_mappings.html).
 */
export class SourceMap {
  /** By position in the code; NOWHERE: no instruction begins there. */
  readonly #instructionAt: Int32Array;
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;
  readonly #files: Int32Array;
  readonly #jumps: JumpMark[];
  /** In how many ways each position may be reached, as far as the code shows. */
  readonly #ways: ReadonlyMap<number, number>;
  readonly count: number;

  /**
   * @param code hex with or without 0x; may be unlinked, and have more at its end
   * @param map as the compiler compresses it
   */
  constructor(code: string, map: string) {
    const { instructionAt, ways } = readCode(code.replace(/^0x/, ''));
    this.#instructionAt = instructionAt;
    this.#ways = ways;
    const entries = map === '' ? [] : map.split(';');
    this.count = entries.length;
    this.#starts = new Int32Array(entries.length);
    this.#lengths = new Int32Array(entries.length);
    this.#files = new Int32Array(entries.length);
    this.#jumps = new Array(entries.length);
    let [start, length, file, jump]: [number, number, number, JumpMark] = [0, 0, NOWHERE, '-'];
    for (const [i, entry] of entries.entries()) {
      if (entry !== '') {
        const [s, l, f, j] = entry.split(':');
        if (s) start = Number(s);
        if (l) length = Number(l);
        if (f) file = Number(f);
        if (j) jump = j === 'i' || j === 'o' ? j : '-';
      }
      this.#starts[i] = start;
      this.#lengths[i] = length;
      this.#files[i] = file;
      this.#jumps[i] = jump;
    }
  }

  /** Of the code, in bytes. */
  get length(): number {
    return this.#instructionAt.length;
  }

  /** Which instruction begins at a position in the code, from 0; null: none. */
  instructionAt(pc: number): number | null {
    const index = this.#instructionAt[pc] ?? NOWHERE;
    return index === NOWHERE ? null : index;
  }

  /** null: no instruction begins there, or it is behind those that the compiler tells of. */
  rangeAt(pc: number): SourceRange | null {
    const i = this.#mappedAt(pc);
    if (i === null) return null;
    return {
      file: this.#files[i] ?? NOWHERE,
      start: this.#starts[i] ?? 0,
      length: this.#lengths[i] ?? 0,
    };
  }

  jumpAt(pc: number): JumpMark {
    return this.#jumps[this.#mappedAt(pc) ?? NOWHERE] ?? '-';
  }

  /** Whether several parts of the code go on at a position, as far as the code shows. */
  isShared(pc: number): boolean {
    return (this.#ways.get(pc) ?? 0) > 1;
  }

  #mappedAt(pc: number): number | null {
    const index = this.instructionAt(pc);
    return index !== null && index < this.count ? index : null;
  }
}

/** Positions in code of the greatest size are pushed with so many bytes. */
const MOST_POSITION_BYTES = 3;
const JUMPDEST = 0x5b;
/** STOP, JUMP, RETURN, REVERT, INVALID, SELFDESTRUCT: nothing goes on behind them. */
const ENDS = new Set([0x00, 0x56, 0xf3, 0xfd, 0xfe, 0xff]);

function readCode(digits: string): { instructionAt: Int32Array; ways: Map<number, number> } {
  const instructionAt = new Int32Array(digits.length >> 1).fill(NOWHERE);
  const ways = new Map<number, number>();
  const add = (position: number) => ways.set(position, (ways.get(position) ?? 0) + 1);
  let goesOn = true;
  for (let pc = 0, index = 0; pc < instructionAt.length; index++) {
    instructionAt[pc] = index;
    const opcode = Number.parseInt(digits.slice(pc * 2, pc * 2 + 2), 16);
    const bytes = opcode >= PUSH1 && opcode <= PUSH32 ? opcode - PUSH1 + 1 : 0;
    // What jumps pushes the position before.
    if (bytes > 0 && bytes <= MOST_POSITION_BYTES) {
      add(Number.parseInt(digits.slice(pc * 2 + 2, (pc + 1 + bytes) * 2), 16));
    }
    if (opcode === JUMPDEST && goesOn) add(pc);
    goesOn = !ENDS.has(opcode);
    pc += 1 + bytes;
  }
  return { instructionAt, ways };
}
