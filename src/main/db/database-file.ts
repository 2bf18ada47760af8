import { statSync } from 'node:fs';
import path from 'node:path';

export const databaseFile = (home: string): string => path.join(home, 'drydock.db');

/** With its log; 0 for what isn't there. */
export const databaseBytes = (home: string): number =>
  [databaseFile(home), `${databaseFile(home)}-wal`]
    .map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, bytes) => sum + bytes);
