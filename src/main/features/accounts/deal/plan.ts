import type { Hex } from 'viem';
import type { Question } from './trial.ts';
import type { Write } from './writes.ts';

/** What is written so that a token is dealt, and what has to be read afterwards. */
export interface DealPlan {
  writes: readonly Write[];
  /** What calls have to return once it is written. */
  expected: readonly { question: Question; value: bigint }[];
  /** Of the receiver, in the smallest unit. */
  before: bigint;
  after: bigint;
  supply: { before: bigint; after: bigint } | null;
  previousOwner: Hex | null;
  notes: readonly string[];
}
