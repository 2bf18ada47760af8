import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Task } from './tasks.ts';

const MOST_PASSES = 20;
const CLEAR_EVERY_MS = 250;

/** Moves what piled up in the log while it was being read, so that no writer has to. */
export function checkpoint(file: string): void {
  const db = new Database(file, { fileMustExist: true, timeout: 0 });
  try {
    clear(db);
  } finally {
    db.close();
  }
}

/**
 * Again and again, as others write meanwhile: only when nothing is left does the next writer begin
 * the log anew. Never holds a writer up.
 */
function clear(db: Database.Database): void {
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const [row] = db.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[];
    if (!row || row.checkpointed >= row.log) return;
  }
}

/** Until its thread is ended. */
export async function keepClear({ file, pages }: Task & { do: 'keep-clear' }): Promise<never> {
  const db = new Database(file, { fileMustExist: true, timeout: 0 });
  for (;;) {
    await sleep(CLEAR_EVERY_MS);
    try {
      const [row] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
      if (row && row.log - row.checkpointed > pages) clear(db);
    } catch {
      // A full disk, or a restore is going on: tried again.
    }
  }
}
