import type { Db } from '../../db/open.ts';

export function settingsStore(db: Db) {
  const all = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings');
  const put = db.prepare(
    `INSERT INTO settings (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  return {
    /** Values are JSON. */
    all: () => all.all(),
    put: db.transaction((entries: [string, string][]) => {
      for (const [key, value] of entries) put.run(key, value);
    }),
  };
}

export type SettingsStore = ReturnType<typeof settingsStore>;
