import { type JournalRow, journalRows, type NewJournalRow } from '../../db/journal-rows.ts';
import type { Db } from '../../db/open.ts';
import type { OutputStream } from '../../engines/engine.ts';
import type { Transaction } from '../../shared/result.ts';
import type { JournalEvent } from '../../shared/run.ts';

/**
 * Lines of a tool that arrived together; in the journal each is a `log` event of its own. Not one
 * object per line: V8 allocates such objects in the old generation once they have survived a
 * collection, and keeps them and their text until a full collection.
 */
export interface NewLines {
  at: number;
  type: 'lines';
  stream: OutputStream;
  lines: string[];
}

/** An entry that has no sequence number yet. */
export type NewEvent =
  | NewLines
  | (JournalEvent extends infer E ? (E extends JournalEvent ? Omit<E, 'seq'> : never) : never);

function stored(event: NewEvent): NewJournalRow {
  if (event.type === 'lines') return { at: event.at, type: event.stream, lines: event.lines };
  if (event.type === 'log') return { at: event.at, type: event.stream, lines: [event.text] };
  const { at, type, ...rest } = event;
  return { at, type, lines: [JSON.stringify(rest)] };
}

function toEvent({ seq, at, type, data }: JournalRow): JournalEvent {
  if (type === 'stdout' || type === 'stderr' || type === 'drydock') {
    return { seq, at, type: 'log', stream: type, text: data };
  }
  if (type === 'transactions') return resultOf({ seq, at }, JSON.parse(data));
  return { seq, at, type, ...JSON.parse(data) } as JournalEvent;
}

/** Earlier versions wrote only the transactions of a run. */
function resultOf(
  base: { seq: number; at: number },
  { transactions }: { transactions: Transaction[] },
): JournalEvent {
  const whole = transactions.map((t) => ({ ...beforeElsewhere, ...t }));
  const nothing = { chainId: null, sender: null, source: null, contracts: [] };
  return {
    ...base,
    type: 'result',
    result: { family: 'contracts', ...nothing, transactions: whole },
  };
}

const beforeElsewhere = { chainId: null, elsewhere: null };

/** The journals, as events. */
export function journalStore(db: Db) {
  const rows = journalRows(db);
  return {
    lastSeq: rows.lastSeq,
    /** `seq` of the first entry; the others follow without gaps. Returns the last one. */
    append: (id: number, first: number, batch: readonly NewEvent[]): number =>
      rows.append(id, first, batch.map(stored)),
    events: (id: number, after: number, limit: number) => rows.read(id, after, limit).map(toEvent),
  };
}
