import { isPortFree } from '../../lib/ports.ts';
import type { ProcessRef } from '../../lib/process-ref.ts';
import type { Liveness } from '../../lib/processes/processes.ts';
import type { PortRow, PortsStore } from './store.ts';

export interface PortsDependencies extends Liveness {
  store: PortsStore;
  /** This core's own process. */
  self: ProcessRef;
  /** Whether there still is such an owner; the ports of one that is gone are free again. */
  exists: (owner: string) => boolean;
}

const LAST_PORT = 65_535;

/**
 * Hands out ports of 127.0.0.1. A port is free on the system and recorded for its owner when it is
 * handed out, so two that ask at once, in whichever cores, never get the same one.
 */
export function portsService({ store, self, isAlive, isGone, exists }: PortsDependencies) {
  /** A program is about to listen there, and the system doesn't know yet. */
  const isBeingTaken = ({ process }: PortRow) => process !== null && !isGone(process);

  function others(owner: string): Set<number> {
    const rows = store.all();
    for (const { owner: name } of rows) if (!exists(name)) store.release(name);
    return new Set(
      rows.filter((row) => row.owner !== owner && exists(row.owner)).map((row) => row.port),
    );
  }

  return {
    /**
     * This port and no other, also when it is kept for an owner that doesn't use it now. Returns
     * null, or who is in the way: another owner that is about to use it, or (`owner: null`) some
     * process that listens there.
     */
    async take(owner: string, port: number): Promise<{ owner: string | null } | null> {
      if (!(await isPortFree(port))) return { owner: null };
      const before = store.processOf(port);
      // One that takes it after this is not known to be gone, so it keeps it.
      if (before) await isAlive(before);
      const holder = store.claim(
        port,
        owner,
        self,
        (row) => exists(row.owner) && isBeingTaken(row),
      );
      return holder === owner ? null : { owner: holder };
    },

    /** The first from `from` on that is free and not reserved. */
    async find(owner: string, from: number): Promise<number> {
      for (let port = from; port <= LAST_PORT; port++) {
        if (others(owner).has(port) || !(await isPortFree(port))) continue;
        if (store.claim(port, owner, self, (row) => exists(row.owner)) === owner) return port;
      }
      throw new Error(`no free port from ${from} on`);
    },

    /** What `find` would return, without handing it out. */
    async suggest(owner: string, from: number): Promise<number> {
      const taken = others(owner);
      for (let port = from; port <= LAST_PORT; port++) {
        if (!taken.has(port) && (await isPortFree(port))) return port;
      }
      throw new Error(`no free port from ${from} on`);
    },

    /** The owner listens now, or has failed to: from here on the system tells. */
    settle: store.settle,
    /** The owner is gone. */
    release: store.release,
  };
}
