import type { Db } from '../../db/open.ts';
import type { Event, EventType, NewEvent } from './contract.ts';

interface Row {
  seq: number;
  at: number;
  type: string;
  data: string;
}

const toEvent = ({ seq, at, type, data }: Row) => ({ seq, at, type, ...JSON.parse(data) }) as Event;

export function eventsStore(db: Db) {
  const insert = db.prepare('INSERT INTO events (at, type, data) VALUES (?, ?, ?)');
  const after = db.prepare<[number, number], Row>(
    'SELECT seq, at, type, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  // The highest that was ever given, also when that event has been deleted.
  const lastSeq = db.prepare<[], { seq: number }>(
    "SELECT seq FROM sqlite_sequence WHERE name = 'events'",
  );
  const prune = db.prepare('DELETE FROM events WHERE seq <= ?');

  return {
    /** Part of the transaction that is open, if one is. Returns its seq. */
    insert({ type, ...data }: NewEvent, at: number): number {
      return Number(insert.run(at, type, JSON.stringify(data)).lastInsertRowid);
    },
    after: (seq: number, limit: number): Event[] => after.all(seq, limit).map(toEvent),
    before(seq: number | undefined, types: readonly EventType[] | undefined, limit: number) {
      const wanted = types ? `AND type IN (${types.map(() => '?').join(', ')})` : '';
      const rows = db
        .prepare<unknown[], Row>(
          `SELECT seq, at, type, data FROM events WHERE seq < ? ${wanted}
           ORDER BY seq DESC LIMIT ?`,
        )
        .all(seq ?? Number.MAX_SAFE_INTEGER, ...(types ?? []), limit);
      return rows.map(toEvent);
    },
    lastSeq: (): number => lastSeq.get()?.seq ?? 0,
    removeUpTo: (seq: number): void => {
      prune.run(seq);
    },
    /** Changes whenever another connection has written to the database. */
    foreignWrites: () => db.pragma('data_version', { simple: true }) as number,
  };
}

export type EventsStore = ReturnType<typeof eventsStore>;
