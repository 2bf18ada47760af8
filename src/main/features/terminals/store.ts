import type { Db } from '../../db/open.ts';
import type { RunRef } from '../../engines/engine.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';

/** A terminal that some core holds open: what it takes to end it when that core is gone. */
export interface OpenTerminal {
  job: string;
  owner: ProcessRef;
  process: RunRef | null;
}

export function terminalsStore(db: Db) {
  const insert = db.prepare('INSERT INTO terminals (job, owner) VALUES (?, ?)');
  const setProcess = db.prepare('UPDATE terminals SET process = ? WHERE job = ?');
  const remove = db.prepare('DELETE FROM terminals WHERE job = ?');
  const all = db.prepare<[], { job: string; owner: string; process: string | null }>(
    'SELECT job, owner, process FROM terminals',
  );
  return {
    insert: (job: string, owner: ProcessRef) => void insert.run(job, JSON.stringify(owner)),
    setProcess: (job: string, process: RunRef) => void setProcess.run(JSON.stringify(process), job),
    remove: (job: string) => void remove.run(job),
    all: (): OpenTerminal[] =>
      all.all().map((row) => ({
        job: row.job,
        owner: JSON.parse(row.owner),
        process: row.process === null ? null : JSON.parse(row.process),
      })),
  };
}

export type TerminalsStore = ReturnType<typeof terminalsStore>;
