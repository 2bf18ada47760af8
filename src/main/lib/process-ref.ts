/** A running process, identified so that a later core can find or end it: pids are reused. */
export interface ProcessRef {
  pid: number;
  /** Opaque; differs between two processes that had the same pid. */
  startedAt: string;
}

/** Of a process whose start time the system did not tell: its pid alone identifies it. */
export const UNKNOWN_START = '';

export const isSameProcess = (a: ProcessRef, b: ProcessRef): boolean =>
  a.pid === b.pid && a.startedAt === b.startedAt;
