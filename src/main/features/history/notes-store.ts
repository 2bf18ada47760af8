import type { Db } from '../../db/open.ts';

export interface Marks {
  /** Left as it is where undefined. */
  pinned?: boolean;
  add: readonly string[];
  remove: readonly string[];
}

/** Pins, notes and tags of deployments. A change puts the deployment on the list to be indexed. */
export function notesStore(db: Db) {
  const setPinned = db.prepare(
    `INSERT INTO deployment_notes (deployment_id, pinned) VALUES (@id, @pinned)
     ON CONFLICT DO UPDATE SET pinned = excluded.pinned`,
  );
  const setNote = db.prepare(
    `INSERT INTO deployment_notes (deployment_id, note) VALUES (@id, @note)
     ON CONFLICT DO UPDATE SET note = excluded.note`,
  );
  const addTag = db.prepare(
    'INSERT OR IGNORE INTO deployment_tags (tag, deployment_id) VALUES (?, ?)',
  );
  const removeTag = db.prepare('DELETE FROM deployment_tags WHERE tag = ? AND deployment_id = ?');
  const reindex = db.prepare(
    `INSERT OR IGNORE INTO deployment_unindexed
     SELECT id FROM deployments WHERE id = ? AND ended_at IS NOT NULL`,
  );
  const tags = db.prepare<[], { tag: string; count: number }>(
    'SELECT tag, count(*) AS count FROM deployment_tags GROUP BY tag ORDER BY tag LIMIT 200',
  );

  const pin = (id: number, pinned: boolean) => void setPinned.run({ id, pinned: pinned ? 1 : 0 });
  const tagOne = (id: number, add: readonly string[], remove: readonly string[]) => {
    for (const tag of remove) removeTag.run(tag, id);
    for (const tag of add) addTag.run(tag, id);
    reindex.run(id);
  };

  return {
    pin,
    note: db.transaction((id: number, note: string) => {
      setNote.run({ id, note });
      reindex.run(id);
    }).immediate,
    tag: db.transaction(tagOne).immediate,
    mark: db.transaction((ids: readonly number[], { pinned, add, remove }: Marks) => {
      for (const id of ids) {
        if (pinned !== undefined) pin(id, pinned);
        tagOne(id, add, remove);
      }
    }).immediate,
    tags: () => tags.all(),
  };
}
