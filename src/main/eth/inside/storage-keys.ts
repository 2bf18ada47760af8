import { type Hex, keccak256 } from 'viem';
import { z } from 'zod';

/** Something that was hashed to find a slot of a contract: a key with the slot of its mapping, or a slot. */
export interface StorageKey {
  /** Whose storage it is, in lower case. */
  address: string;
  hash: string;
  /** What was hashed: `key ++ slot`, or the slot of a list or of a long string. */
  input: string;
}

/** What `KEYS_TRACER` has found: words as hex, of unknown length. */
export interface TracedKeys {
  hashed: readonly (readonly [address: string, input: string])[];
  /** Slots that were read or written. */
  touched: readonly (readonly [address: string, slot: string])[];
}

const hex = z.string().regex(/^0x(?:[\da-f]{2})*$/i);

/** `TracedKeys`, of a node that may be anybody's. */
export const tracedKeys = z.object({
  hashed: z.array(z.tuple([hex, hex])),
  touched: z.array(z.tuple([z.string(), z.string()])),
}) satisfies z.ZodType<TracedKeys>;

/** What tracers that find keys begin with. */
export const KEYS_STATE = 'hashed: [], touched: [], known: {},';

/** Of what is hashed: a word, or a text that is a key of a mapping, with the slot of that. In bytes. */
export const MOST_HASHED = 32 + 16 * 1024;

/** Statements for `step` of a scripted tracer; `op` is the instruction's number. */
export const NOTE_KEYS = `
  if (op === 0x20) {
    var size = Number(log.stack.peek(1));
    var at = Number(log.stack.peek(0));
    if (size >= 32 && size <= ${MOST_HASHED} && at + size <= log.memory.length()) {
      var input = toHex(log.memory.slice(at, at + size));
      var of = toHex(log.contract.getAddress());
      if (!this.known[of + input]) {
        this.known[of + input] = true;
        this.hashed.push([of, input]);
      }
    }
  } else if (op === 0x54 || op === 0x55) {
    var owner = toHex(log.contract.getAddress());
    var key = log.stack.peek(0).toString(16);
    if (key.length > 16 && !this.known[owner + key]) {
      this.known[owner + key] = true;
      this.touched.push([owner, key]);
    }
  }
`;

/**
 * A scripted tracer (https://geth.ethereum.org/docs/developers/evm-tracing/custom-tracer) that returns
 * `TracedKeys`. It takes a node some 20 µs for each instruction.
 */
export const KEYS_TRACER = {
  tracer: `{
    ${KEYS_STATE}
    step: function (log) { var op = log.op.toNumber(); ${NOTE_KEYS} },
    fault: function () {},
    result: function () { return { hashed: this.hashed, touched: this.touched }; }
  }`,
};

/** How far behind a hash what it leads to may lie: elements of lists, members of structs. */
export const KEY_REACH = 1n << 32n;

/**
 * What led to slots, of all that was hashed. Rest, as of signatures and of code, is left out: no slot
 * lies there, and no other hash was made of it.
 */
export function storageKeys({ hashed, touched }: TracedKeys): StorageKey[] {
  const sorted = slotsByAddress(
    touched.filter(([of, slot]) => ADDRESS.test(of) && WORD.test(slot)),
  );
  const needed = new Set<string>();
  const found: StorageKey[] = [];
  // What was hashed of a hash came after it.
  for (const [of, input] of hashed.toReversed()) {
    if (!ADDRESS.test(of) || !isInput(input)) continue;
    const address = of.toLowerCase();
    const hash = keccak256(input as Hex);
    const leads = needed.has(address + hash) || isBefore(BigInt(hash), sorted.get(address) ?? []);
    if (!leads) continue;
    needed.add(`${address}0x${input.slice(-64)}`);
    found.push({ address, hash, input });
  }
  return found.reverse();
}

/** Some nodes are anybody's. */
const ADDRESS = /^0x[\da-f]{40}$/i;
const WORD = /^(0x)?[\da-f]{1,64}$/i;
const HEX = /^0x(?:[\da-f]{2})*$/i;
const isInput = (text: string): boolean =>
  text.length >= 2 + 2 * 32 && text.length <= 2 + 2 * MOST_HASHED && HEX.test(text);

function slotsByAddress(touched: TracedKeys['touched']): Map<string, bigint[]> {
  const slots = new Map<string, bigint[]>();
  for (const [of, slot] of touched) {
    const address = of.toLowerCase();
    const known = slots.get(address) ?? [];
    slots.set(address, known);
    known.push(BigInt(`0x${slot.replace(/^0x/, '')}`));
  }
  for (const some of slots.values()) some.sort((a, b) => (a < b ? -1 : 1));
  return slots;
}

/** Whether one of some slots, in their order, lies at a hash or behind it. */
function isBefore(hash: bigint, slots: readonly bigint[]): boolean {
  let [low, high] = [0, slots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle] as bigint) < hash) low = middle + 1;
    else high = middle;
  }
  const next = slots[low];
  return next !== undefined && next - hash < KEY_REACH;
}
