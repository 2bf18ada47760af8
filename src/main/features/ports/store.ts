import type { Db } from '../../db/open.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';

export interface PortRow {
  port: number;
  owner: string;
  /** The core that is about to let the owner listen there. */
  process: ProcessRef | null;
}

type Stored = Omit<PortRow, 'process'> & { process: string | null };

export function portsStore(db: Db) {
  const all = db.prepare<[], Stored>('SELECT port, owner, process FROM ports ORDER BY port');
  const byPort = db.prepare<[number], Stored>(
    'SELECT port, owner, process FROM ports WHERE port = ?',
  );
  const put = db.prepare(
    'INSERT OR REPLACE INTO ports (port, owner, process, at) VALUES (?, ?, ?, ?)',
  );
  const dropOthers = db.prepare('DELETE FROM ports WHERE owner = ? AND port <> ?');
  const settle = db.prepare('UPDATE ports SET process = NULL WHERE owner = ?');
  const release = db.prepare('DELETE FROM ports WHERE owner = ?');

  const row = (stored: Stored): PortRow => ({
    ...stored,
    process: stored.process === null ? null : (JSON.parse(stored.process) as ProcessRef),
  });

  return {
    all: () => all.all().map(row),
    /** The core that is about to let a program listen on a port. */
    processOf(port: number): ProcessRef | null {
      const stored = byPort.get(port);
      return stored ? row(stored).process : null;
    },
    /**
     * Records the port as the owner's only one unless `isKept` says that it stays whose it is. One
     * statement among all cores. Returns whose it is now.
     */
    claim: db.transaction(
      (port: number, owner: string, process: ProcessRef, isKept: (row: PortRow) => boolean) => {
        const stored = byPort.get(port);
        if (stored && stored.owner !== owner && isKept(row(stored))) return stored.owner;
        put.run(port, owner, JSON.stringify(process), Date.now());
        dropOthers.run(owner, port);
        return owner;
      },
    ).immediate,
    settle: (owner: string) => void settle.run(owner),
    release: (owner: string) => void release.run(owner),
  };
}

export type PortsStore = ReturnType<typeof portsStore>;
