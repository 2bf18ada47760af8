import type { TracedCall } from '../../eth/inside/call-tree.ts';
import {
  LOGS_TRACER,
  mayMissLogs,
  tracedEntries,
  withUndoneLogs,
} from '../../eth/inside/undone-logs.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { asSentence } from '../../shared/as-sentence.ts';
import { messageOf } from '../../shared/errors.ts';
import { type FoundTransaction, tracedAgain } from './found-transaction.ts';

/** Calls of a transaction. `problem`: why events may be missing among them. */
interface WithEvents {
  root: TracedCall;
  problem: string | null;
}

/** The calls of a mined transaction with the events of those that failed, which nodes leave out. */
export async function withUndoneEvents(
  from: ReadNetwork,
  found: FoundTransaction,
  root: TracedCall,
): Promise<WithEvents> {
  if (!mayMissLogs(root)) return { root, problem: null };
  try {
    const said = tracedEntries.safeParse(await tracedAgain(from, found, LOGS_TRACER)).data;
    if (!said) throw new Error('its node runs no tracers');
    if (said.isCut) throw new Error('it ran too many instructions');
    const whole = withUndoneLogs(root, said);
    if (!whole) throw new Error('what its node tells of it differs');
    return { root: whole, problem: null };
  } catch (error) {
    const problem = `Events of calls that failed may be missing: ${from.name} could not follow each instruction: ${asSentence(messageOf(error))}`;
    return { root, problem };
  }
}
