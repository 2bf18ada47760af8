import type { Db } from '../../db/open.ts';

/** What is remembered about an image, even after its removal. Times are Unix, ms. */
export interface UseRow {
  tag: string;
  kind: string;
  hits: number;
  misses: number;
  lastUsedAt: number;
  buildMs: number | null;
}

export function imagesStore(db: Db) {
  const all = db.prepare<[], UseRow>(
    `SELECT tag, kind, hits, misses, last_used_at AS lastUsedAt, build_ms AS buildMs
     FROM image_uses ORDER BY tag`,
  );
  const add = db.prepare<[UseRow]>(
    `INSERT INTO image_uses (tag, kind, hits, misses, last_used_at, build_ms)
     VALUES (@tag, @kind, @hits, @misses, @lastUsedAt, @buildMs)
     ON CONFLICT (tag) DO UPDATE SET hits = hits + excluded.hits,
       misses = misses + excluded.misses, last_used_at = max(last_used_at, excluded.last_used_at),
       build_ms = coalesce(excluded.build_ms, build_ms)`,
  );
  const remove = db.prepare<[string]>('DELETE FROM image_uses WHERE tag = ?');

  return {
    all: () => all.all(),
    /** Adds hits and misses to the stored ones. */
    add: db.transaction((rows: readonly UseRow[]) => {
      for (const row of rows) add.run(row);
    }),
    remove: db.transaction((tags: readonly string[]) => {
      for (const tag of tags) remove.run(tag);
    }),
  };
}

export type ImagesStore = ReturnType<typeof imagesStore>;
