import type { Db } from '../../db/open.ts';

export function settingsStore(db: Db) {
  const all = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings');
  const put = db.prepare(
    `INSERT INTO settings (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const remove = db.prepare('DELETE FROM settings WHERE key = ?');
  return {
    /** Values are JSON. */
    all: () => all.all(),
    put: db.transaction((entries: [string, string][]) => {
      for (const [key, value] of entries) put.run(key, value);
    }),
    remove: (key: string) => void remove.run(key),
  };
}

export type SettingsStore = ReturnType<typeof settingsStore>;
