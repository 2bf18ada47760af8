import type { Instruction } from '../instructions.ts';
import type { TracedCall } from './call-tree.ts';
import { RunningCode, type SourceFrame } from './running-code.ts';
import { Slices } from './slices.ts';
import type { Place, SourcedCode } from './sourced-code.ts';

/** Consecutive instructions of one place in one function. */
export interface SourceStep {
  /** Position of the first instruction, and how many they are. */
  first: number;
  count: number;
  /** null: they come from no source that is known. */
  place: Place | null;
  frame: SourceFrame;
  /** On the way into a function: the place may be one of another function. */
  isOnWay: boolean;
  /** Before the first instruction. */
  gas: number;
  /** Behind the last one; not when that calls. */
  left: number;
  /** With these the call of a contract fails, and `place` is what the source says there. */
  failure: { isExact: boolean; takesAll: boolean } | null;
}

export interface TracedRun {
  /** All instructions, in pieces. */
  steps: Iterable<readonly Instruction[]> | AsyncIterable<readonly Instruction[]>;
  /** The same transaction by `callTracer`. */
  root: TracedCall;
  /** The code that a call runs, or that a creation runs; null: its source isn't known. */
  codeOf(call: TracedCall): Promise<SourcedCode | null>;
}

/**
 * The steps of a transaction in terms of its sources, one after the other. Needs no more memory for
 * more instructions, and lets others work in between.
 */
export async function* sourceSteps({ steps, root, codeOf }: TracedRun): AsyncGenerator<SourceStep> {
  const numbers = numbersOf(root);
  const slices = new Slices();
  const begin = async (call: TracedCall, caller: RunningCode | null) =>
    new RunningCode(call, numbers.get(call) ?? 0, await codeOf(call), caller);
  const running: RunningCode[] = [await begin(root, null)];
  let step: SourceStep | null = null;
  let index = -1;
  for await (const piece of steps) {
    for (const traced of piece) {
      index++;
      while (traced.depth < running.length && running.length > 1) {
        if (step) yield ended(step, running.pop() as RunningCode);
        else running.pop();
        step = null;
      }
      if (traced.depth > running.length) {
        if (step) yield step;
        step = null;
        const caller = running.at(-1) as RunningCode;
        running.push(await begin(caller.entered() ?? UNKNOWN, caller));
      }
      const at = running.at(-1) as RunningCode;
      const before = at.frame;
      const place = at.advance(traced);
      if (step && (at.frame !== before || step.place !== place)) {
        yield step;
        step = null;
      }
      step ??= {
        first: index,
        count: 0,
        place,
        frame: at.frame,
        isOnWay: at.isOnWay,
        gas: traced.gas,
        left: traced.gas,
        failure: null,
      };
      step.count++;
      step.left = Math.max(0, traced.gas - (traced.gasCost ?? 0));
      if (slices.isOver()) await slices.next();
    }
  }
  if (step) yield ended(step, running.at(-1) as RunningCode);
}

/** A call that the two ways of tracing don't agree on. */
const UNKNOWN: TracedCall = { type: 'CALL', from: '' };

function numbersOf(root: TracedCall): Map<TracedCall, number> {
  const numbers = new Map<TracedCall, number>();
  const open = [root];
  for (let call = open.pop(); call; call = open.pop()) {
    numbers.set(call, numbers.size);
    for (const inner of call.calls?.toReversed() ?? []) open.push(inner);
  }
  return numbers;
}

/** The last step of a call of a contract. */
function ended(step: SourceStep, running: RunningCode): SourceStep {
  if (running.call.error === undefined) return step;
  const { place, isExact } = running.failedAt();
  const takesAll = !/revert/i.test(running.call.error);
  return { ...step, place: place ?? step.place, failure: { isExact, takesAll } };
}
