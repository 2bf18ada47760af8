import { realpathSync } from 'node:fs';
import os from 'node:os';
import { openDb } from '#main/db/open.ts';
import { identityOf } from '#main/features/projects/trust.ts';
import { trustStore } from '#main/features/projects/trust-store.ts';

/**
 * Lets the core of a data folder run the code of everything that tests put into temporary folders.
 * Written directly to the database: these folders contain HOME too, which no user can trust.
 */
export function trustTemporaryFolders(home: string): void {
  const folder = realpathSync.native(os.tmpdir());
  const db = openDb(home);
  try {
    trustStore(db).put({
      path: folder,
      kind: 'parent',
      identity: identityOf(folder),
      trustedAt: Date.now(),
    });
  } finally {
    db.close();
  }
}
