import { type Hex, keccak256 } from 'viem';
import { Slices } from './slices.ts';

/** What was hashed by hash, both hex in lower case. */
export type Preimages = ReadonlyMap<string, string>;

/** An instruction traced with `enableMemory`. */
export interface MemoryStep {
  op: string;
  /** Words, hex, the last one on top. */
  stack?: readonly string[];
  /** Words of 32 bytes, hex with or without 0x. */
  memory?: readonly string[];
}

/** A slot, and what comes before it in that of a mapping's value: no key is longer. */
const LEAST = 32;
const MOST = 1024;

/**
 * What code has hashed to find its variables: `keccak256(key . slot)` for mappings, `keccak256(slot)`
 * for lists. Those that the compiler computed itself are not among them.
 */
export async function preimagesOf(
  steps: Iterable<MemoryStep> | AsyncIterable<MemoryStep>,
): Promise<Preimages> {
  const found = new Map<string, string>();
  const slices = new Slices();
  for await (const { op, stack = [], memory = [] } of steps) {
    if (op === 'KECCAK256' || op === 'SHA3') {
      const offset = Number(stack.at(-1) ?? 0);
      const size = Number(stack.at(-2) ?? 0);
      if (size >= LEAST && size <= MOST) {
        const input = bytesIn(memory, offset, size);
        if (input) found.set(keccak256(input), input);
      }
    }
    if (slices.isOver()) await slices.next();
  }
  return found;
}

function bytesIn(memory: readonly string[], offset: number, size: number): Hex | null {
  const first = offset >> 5;
  const words = memory.slice(first, Math.ceil((offset + size) / 32));
  const digits = words.map((word) => word.replace(/^0x/, '').padStart(64, '0')).join('');
  const from = (offset - first * 32) * 2;
  const wanted = digits.slice(from, from + size * 2);
  return wanted.length === size * 2 ? `0x${wanted.toLowerCase()}` : null;
}
