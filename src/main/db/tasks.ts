import { check } from './database-check.ts';
import { backup, unpack } from './database-copy.ts';
import { checkpoint, keepClear } from './database-log.ts';
import { openBeside } from './open-beside.ts';

/** What a worker does with a database file over a connection of its own. */
export type Task =
  | { do: 'backup'; from: string; scratch: string; to: string }
  | { do: 'unpack'; from: string; to: string }
  | { do: 'check'; file: string; depth: CheckDepth; budgetMs: number | null }
  | { do: 'checkpoint'; file: string }
  | { do: 'keep-clear'; file: string; pages: number }
  | { do: 'query'; file: string; sql: string; params: readonly (string | number)[] };

/** `quick` leaves out whether indexes and tables agree. */
export type CheckDepth = 'quick' | 'full';

export interface TaskResults {
  backup: { schema: number; databaseBytes: number; bytes: number };
  unpack: { schema: number; problems: string[] };
  /** `complete`: false when the time ran out before every table was looked at. */
  check: { complete: boolean; problems: string[] };
  checkpoint: null;
  'keep-clear': never;
  query: Record<string, unknown>[];
}

export async function runTask(task: Task): Promise<TaskResults[Task['do']]> {
  switch (task.do) {
    case 'backup':
      return backup(task);
    case 'unpack':
      return unpack(task);
    case 'check':
      return check(task);
    case 'checkpoint':
      checkpoint(task.file);
      return null;
    case 'keep-clear':
      return keepClear(task);
    case 'query':
      return query(task);
  }
}

function query(task: Task & { do: 'query' }): TaskResults['query'] {
  const db = openBeside(task.file);
  try {
    return db.prepare<unknown[], Record<string, unknown>>(task.sql).all(...task.params);
  } finally {
    db.close();
  }
}
