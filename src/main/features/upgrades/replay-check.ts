import type { TracedCall } from '../../eth/inside/call-tree.ts';
import { CALL_TRACER, type RecordedTransaction } from '../../eth/inside/recorded-transaction.ts';
import { replayCall } from '../../eth/inside/replay.ts';
import { tracedLogs } from '../../eth/inside/traced-logs.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { messageOf } from '../../shared/errors.ts';
import type { UpgradeReport } from './contract.ts';

type Replay = UpgradeReport['replay'];

export interface ReplayQuestion {
  from: ReadNetwork;
  proxy: string;
  /** What runs behind it now. */
  implementation: string;
  /** What is to, hex. */
  runtime: string;
  /** Newest first. */
  transactions: readonly RecordedTransaction[];
  /** What a call is named, in words. */
  named: (transaction: RecordedTransaction) => Promise<string | null>;
}

/**
 * Runs recorded transactions again as they ran, with the new code in the place of the old one, and
 * compares what they return, whether they fail, and the events that they leave. The chain is not
 * changed. What the old code did not read is as it is now.
 */
export async function replayThrough(question: ReplayQuestion): Promise<Omit<Replay, 'missing'>> {
  const different: Replay['different'] = [];
  let calls = 0;
  for (const one of question.transactions) {
    const { trace, preState } = one;
    if (!trace || !preState || !runsThrough(trace, question.implementation)) continue;
    calls++;
    const difference = await differenceOf(question, { ...one, trace, preState });
    if (difference === null) continue;
    const { hash } = one.transaction;
    different.push({ hash, function: await question.named(one), difference });
  }
  return { calls, same: calls - different.length, different };
}

type Complete = RecordedTransaction & { trace: TracedCall; preState: object };

async function differenceOf(
  { from, proxy, implementation, runtime }: ReplayQuestion,
  recorded: Complete & Parameters<typeof replayCall>[0],
): Promise<string | null> {
  const [call, block, options] = replayCall(recorded, CALL_TRACER) as [
    object,
    string,
    { stateOverrides: Record<string, { code?: string; state?: object; stateDiff?: object }> },
  ];
  const overrides = { ...options.stateOverrides };
  const at = proxy.toLowerCase();
  const { state, ...account } = overrides[at] ?? {};
  // The new code may read what the old one didn't.
  overrides[at] = { ...account, stateDiff: state ?? {} };
  const logic = implementation.toLowerCase();
  overrides[logic] = { ...overrides[logic], code: runtime };
  let now: TracedCall;
  try {
    now = await from.call<TracedCall>('debug_traceCall', [
      call,
      block,
      { ...options, stateOverrides: overrides },
    ]);
  } catch (error) {
    return `it could not be tried: ${messageOf(error)}`;
  }
  return compared(recorded.trace, now);
}

/** One that ran through what was behind the proxy before tells nothing of what is there now. */
function runsThrough(root: TracedCall, implementation: string): boolean {
  const open = [root];
  for (let call = open.pop(); call; call = open.pop()) {
    if (call.type === 'DELEGATECALL' && call.to?.toLowerCase() === implementation.toLowerCase()) {
      return true;
    }
    open.push(...(call.calls ?? []));
  }
  return false;
}

/** null: nothing that a caller could tell apart. */
export function compared(before: TracedCall, after: TracedCall): string | null {
  if ((before.error === undefined) !== (after.error === undefined)) {
    return after.error === undefined
      ? 'it failed, and would succeed'
      : `it succeeded, and would fail: ${after.error}`;
  }
  if ((before.output ?? '0x') !== (after.output ?? '0x')) {
    return before.error === undefined
      ? 'it would return something else'
      : 'it would fail otherwise';
  }
  const [was, is] = [[...tracedLogs(before)], [...tracedLogs(after)]];
  if (was.length !== is.length)
    return `it left ${events(was.length)}, and would leave ${events(is.length)}`;
  const changed = was.findIndex((log, i) => JSON.stringify(log) !== JSON.stringify(is[i]));
  return changed < 0 ? null : `its event ${changed + 1} would be another one`;
}

const events = (n: number): string => (n === 1 ? '1 event' : `${n} events`);
