import { fieldFromFlips, fieldFromPatterns, flips, patterns, withField } from './field.ts';
import { type Scaled, solve } from './solve.ts';
import type { Question, ReadSlot, Trial } from './trial.ts';
import { isSamePlace, type Write } from './writes.ts';

/** What is asked for: that a call returns a value. */
export interface Wish {
  question: Question;
  value: bigint;
  /** What may not change with it: the same of others. */
  others: readonly Question[];
}

/** Why there is no place: `none` holds it, it is too large for `most`, or only `near` values exist. */
export type NoPlace =
  | { why: 'none' }
  | { why: 'most'; most: bigint }
  | { why: 'near'; near: readonly bigint[] };

export type Found = { write: Write } | { no: NoPlace };

/** Slots that are tried bit by bit; each costs a node 256 calls. */
const MOST_SEARCHED = 16;

/**
 * Finds the one word of storage in which a value stands, and what it has to be. Only words count
 * that the calls about others don't read: what they share decides more than this one value. Nothing
 * is written. Rejects with RpcError.
 *
 * @param before what is to be written anyway
 */
export async function findPlace(
  trial: Trial,
  { question, value, others }: Wish,
  before: readonly Write[],
): Promise<Found> {
  const [own, ...theirs] = await Promise.all(
    [question, ...others].map((one) => trial.slotsOf(one, before)),
  );
  const candidates = (own ?? []).filter(
    (slot) => !theirs.flat().some((other) => isSamePlace(slot, other)),
  );
  const tried = new Tried(trial, { question, value, others }, before);
  return (await plain(tried, candidates)) ?? (await searched(tried, candidates));
}

/** One wish, with what it has been tried with. */
class Tried {
  constructor(
    readonly trial: Trial,
    readonly wish: Wish,
    readonly before: readonly Write[],
  ) {}

  /** What the call returns with other words in a slot, in one turn. */
  outputs({ address, slot }: ReadSlot, words: readonly bigint[]): Promise<(bigint | null)[]> {
    return Promise.all(
      words.map((value) =>
        this.trial.ask(this.wish.question, [...this.before, { address, slot, value }]),
      ),
    );
  }

  /** Whether the wish comes true with a write, and nothing of others changes. */
  async isRight(write: Write): Promise<boolean> {
    const { question, value, others } = this.wish;
    const after = [...this.before, write];
    const [output, ...pairs] = await Promise.all([
      this.trial.ask(question, after),
      ...others.map(async (one) => {
        const [was, is] = await Promise.all([
          this.trial.output(one, this.before),
          this.trial.output(one, after),
        ]);
        return was === is;
      }),
    ]);
    return (output ?? 0n) === value && pairs.every(Boolean);
  }
}

/** A value that stands in its word as it is, alone or beside others. */
async function plain(tried: Tried, candidates: readonly ReadSlot[]): Promise<Found | null> {
  const fields = await Promise.all(
    candidates.map(async (slot) => {
      const field = fieldFromPatterns(await tried.outputs(slot, patterns));
      return field && { slot, field };
    }),
  );
  let most: bigint | null = null;
  const { value } = tried.wish;
  for (const found of fields) {
    if (!found) continue;
    const { slot, field } = found;
    const fits = value < 1n << BigInt(field.width);
    if (!fits) {
      const holds = (1n << BigInt(field.width)) - 1n;
      if (most === null || holds > most) most = holds;
      continue;
    }
    const write = writeOf(slot, withField(slot.value, field, value));
    if (await tried.isRight(write)) return { write };
  }
  return most === null ? null : { no: { why: 'most', most } };
}

/** A value that is computed from a word, or whose word has bits that no call stands. */
async function searched(tried: Tried, candidates: readonly ReadSlot[]): Promise<Found> {
  const { trial, before, wish } = tried;
  const { value } = wish;
  const current = await trial.ask(wish.question, before);
  const near = new Set<bigint>();
  for (const slot of candidates.slice(0, MOST_SEARCHED)) {
    const outputs = await tried.outputs(slot, flips(slot.value));
    const field = fieldFromFlips(slot.value, current, outputs);
    if (!field) continue;
    if (field.isPlain) {
      if (value >= 1n << BigInt(field.width)) continue;
      const write = writeOf(slot, withField(slot.value, field, value));
      if (await tried.isRight(write)) return { write };
      continue;
    }
    for (const offset of new Set([field.offset, 0])) {
      const wider = { offset, width: field.offset + field.width - offset };
      const scaled: Scaled = {
        width: wider.width,
        at: (xs) =>
          tried.outputs(
            slot,
            xs.map((x) => withField(slot.value, wider, x)),
          ),
      };
      const { x, nearest } = await solve(scaled, value);
      for (const one of nearest) near.add(one);
      if (x === null) continue;
      const write = writeOf(slot, withField(slot.value, wider, x));
      if (await tried.isRight(write)) return { write };
    }
  }
  return { no: near.size > 0 ? { why: 'near', near: [...near].sort(ascending) } : { why: 'none' } };
}

const writeOf = ({ address, slot }: ReadSlot, value: bigint): Write => ({ address, slot, value });

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
