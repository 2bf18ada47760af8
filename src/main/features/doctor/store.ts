import type { Db } from '../../db/open.ts';
import type { Repair } from './contract.ts';

/** So many repairs are remembered. */
const KEPT = 1000;

export function repairsStore(db: Db) {
  const insert = db.prepare<[number, string], Repair>(
    'INSERT INTO repairs (at, text) VALUES (?, ?) RETURNING id, at, text',
  );
  const prune = db.prepare('DELETE FROM repairs WHERE id <= ?');
  const newest = db.prepare<[number], Repair>(
    'SELECT id, at, text FROM repairs ORDER BY id DESC LIMIT ?',
  );
  return {
    add: db.transaction((at: number, texts: readonly string[]): Repair[] => {
      const added = texts.map((text) => insert.get(at, text) as Repair);
      const last = added.at(-1);
      if (last) prune.run(last.id - KEPT);
      return added;
    }),
    newest: (limit: number) => newest.all(limit),
  };
}

export type RepairsStore = ReturnType<typeof repairsStore>;
