import { withAuthorizations } from '../../eth/inside/authorizations.ts';
import { callsOf, type TracedCall } from '../../eth/inside/call-tree.ts';
import type { PreState } from '../../eth/inside/recorded-transaction.ts';
import { createdIn, INSTRUCTIONS, replayCall } from '../../eth/inside/replay.ts';
import { SourceRun } from '../../eth/inside/source-run.ts';
import { wordDigits } from '../../eth/inside/storage-layout.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import type { CallNode } from '../../shared/decoded.ts';
import { messageOf } from '../../shared/errors.ts';
import { type FoundTransaction, preStateOf, type Traced } from './found-transaction.ts';
import { type CompiledCode, type SourcedArtifacts, SourcedCodes } from './sourced-codes.ts';

/** A transaction that was run again to be followed through its sources. */
export interface RanAgain {
  run: SourceRun;
  /** In the order in which they ran. */
  calls: readonly CallNode[];
  /** Why the source of a call isn't known; null: it is. */
  missing(call: number): string | null;
  /** The code that a call runs; null: its source isn't known. */
  codeOf(call: number): CompiledCode | null;
  /** Whether the sources of no other call are known by now. */
  isUpToDate(): boolean;
  /**
   * What an account had in a slot before the transaction, hex; null: that is not known, as of what
   * the transaction itself has not touched.
   */
  wordBefore(address: string, slot: bigint): Promise<string | null>;
  /** What a tracer says when it runs once more. Rejects with RpcError. */
  traced<T>(tracer: object): Promise<T>;
}

export type RanOrProblem = { ran: RanAgain } | { problem: string };

/** Its node would be busy for a minute. */
const MOST_GAS = 60_000_000n;
/** Those that were looked at last stay at hand, as long as they are no more lines together. */
const MOST_LINES = 1_500_000;
const MOST_KEPT = 5;
const KEPT_MS = 5 * 60_000;

/** Runs transactions again on their networks, and keeps the last ones. */
export class SourceRuns {
  readonly #artifacts: SourcedArtifacts;
  readonly #kept = new Map<string, { ran: Promise<RanOrProblem>; lines: number; at: number }>();

  constructor(artifacts: SourcedArtifacts) {
    this.#artifacts = artifacts;
  }

  /** @param traced its calls; not asked for when the transaction has been run already */
  async of(
    from: ReadNetwork,
    found: FoundTransaction,
    traced: () => Promise<Traced>,
  ): Promise<RanOrProblem> {
    const { transaction, block } = found;
    const key = `${from.name} ${transaction.hash} ${block?.hash}`;
    for (const [other, { at }] of this.#kept) {
      if (performance.now() - at > KEPT_MS) this.#kept.delete(other);
    }
    const known = this.#kept.get(key);
    if (known) {
      known.at = performance.now();
      const done = await known.ran;
      // What is missing may have been compiled since.
      if ('problem' in done || done.ran.isUpToDate()) return done;
    }
    const ran = traced().then((calls) => this.#run(from, found, calls));
    const kept = { ran, lines: 0, at: performance.now() };
    this.#kept.set(key, kept);
    const done = await ran.catch((error: unknown) => {
      this.#kept.delete(key);
      throw error;
    });
    if ('problem' in done) this.#kept.delete(key);
    else {
      kept.lines = done.ran.run.count;
      this.#forgetOldest();
    }
    return done;
  }

  #forgetOldest(): void {
    const newestFirst = [...this.#kept].sort(([, a], [, b]) => b.at - a.at);
    let lines = 0;
    for (const [i, [key, kept]] of newestFirst.entries()) {
      lines += kept.lines;
      if (i > 0 && (i >= MOST_KEPT || lines > MOST_LINES)) this.#kept.delete(key);
    }
  }

  async #run(
    from: ReadNetwork,
    found: FoundTransaction,
    { root, tree, problem }: Traced,
  ): Promise<RanOrProblem> {
    const { transaction, block } = found;
    if (!block) return { problem: 'The transaction is not mined yet.' };
    if (!root || !tree) return { problem: problem ?? 'There is no trace of it.' };
    if (BigInt(tree.gasUsed) > MOST_GAS) {
      return {
        problem: 'The transaction ran too many instructions to be followed through its sources.',
      };
    }
    const preState = await preStateOf(from, found);
    if (!preState) {
      return {
        problem: `${from.name} does not tell any more what the transaction has found, and it was not recorded: it can't be run again to find its line of source.`,
      };
    }
    const standing = await withAuthorizations(transaction, preState);
    const codes = new SourcedCodes(this.#artifacts, root, standing);
    const order = [...tracedCalls(root)];
    const missing = new Map<TracedCall, string>();
    const codesOf = new Map<TracedCall, CompiledCode>();
    const replayed = { transaction, block, trace: root, preState };
    const replay = replayCall(replayed, INSTRUCTIONS);
    // A node takes seconds for a million instructions, and gigabytes.
    const isAnyKnown = order.some((call) => 'code' in codes.of(call));
    if (!isAnyKnown) {
      for (const call of order.filter((one) => codes.hasCode(one))) {
        const found = codes.of(call);
        if ('missing' in found) missing.set(call, found.missing);
      }
    }
    try {
      const run = await SourceRun.of({
        steps: isAnyKnown ? from.instructions('debug_traceCall', replay) : [],
        root,
        async codeOf(call) {
          const known = codes.of(call);
          if ('code' in known) {
            codesOf.set(call, known);
            return known.code;
          }
          missing.set(call, known.missing);
          return null;
        },
      });
      return {
        ran: {
          run,
          calls: [...callsOf(tree)],
          missing: (call) => missing.get(order[call] as TracedCall) ?? null,
          codeOf: (call) => codesOf.get(order[call] as TracedCall) ?? null,
          isUpToDate: () => {
            const now = new SourcedCodes(this.#artifacts, root, standing);
            return [...missing.keys()].every((call) => 'missing' in now.of(call));
          },
          wordBefore: wordsBefore(from, found, preState, root),
          traced: <T>(tracer: object) =>
            from.call<T>('debug_traceCall', replayCall(replayed, tracer)),
        },
      };
    } catch (error) {
      return {
        problem: `${from.name} could not run the transaction again: ${asSentence(messageOf(error))}`,
      };
    }
  }
}

function wordsBefore(
  from: ReadNetwork,
  { transaction, block, takenBack }: FoundTransaction,
  preState: PreState,
  root: TracedCall,
): RanAgain['wordBefore'] {
  const isFirst = !takenBack && BigInt(transaction.transactionIndex ?? -1) === 0n;
  const accounts = new Map(
    Object.entries(preState).map(([address, account]) => [address.toLowerCase(), account]),
  );
  const made = new Set(createdIn(root));
  return async (address, slot) => {
    const word = `0x${wordDigits(slot)}`;
    const known = accounts.get(address.toLowerCase())?.storage?.[word];
    if (known !== undefined) return known;
    if (made.has(address.toLowerCase())) return `0x${wordDigits(0n)}`;
    if (!isFirst || !block) return null;
    const before = `0x${(BigInt(block.number) - 1n).toString(16)}`;
    return from.call<string>('eth_getStorageAt', [address, word, before]).catch(() => null);
  };
}

/** In the order of `callsOf`. */
function* tracedCalls(root: TracedCall): Generator<TracedCall> {
  const open = [root];
  for (let call = open.pop(); call; call = open.pop()) {
    yield call;
    for (const inner of call.calls?.toReversed() ?? []) open.push(inner);
  }
}
