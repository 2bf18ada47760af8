import { isSameProcess, type ProcessRef, UNKNOWN_START } from '../process-ref.ts';
import { exists } from './exists.ts';
import { type StartTime, startTimeOn } from './start-time.ts';

/**
 * Which processes run. Looking is asynchronous, since some systems are asked by starting a program;
 * what must be decided within a transaction relies on what was looked at before it. That is sound
 * because being gone is final: a process that has once been seen to be gone never comes back.
 */
export class Processes {
  readonly #startTime: StartTime;
  readonly #rememberedMs: number;
  readonly #gone = new Set<string>();
  /** When each was last seen, by `performance.now()`. */
  readonly #seen = new Map<string, number>();
  #own: Promise<ProcessRef> | undefined;

  /** @param rememberedMs how long one that was seen counts for `isAliveLately`; 0 where looking is quick */
  constructor(
    startTime: StartTime = startTimeOn(),
    rememberedMs = process.platform === 'linux' ? 0 : 5000,
  ) {
    this.#startTime = startTime;
    this.#rememberedMs = rememberedMs;
  }

  /**
   * Identifies a running process; undefined when there is none (a zombie counts as none). Rejects
   * when the system can't be asked.
   */
  async ref(pid: number): Promise<ProcessRef | undefined> {
    const startedAt = await this.#startTime(pid);
    return startedAt === undefined ? undefined : { pid, startedAt };
  }

  /** This process. Where the system can't be asked, its pid is all that identifies it. */
  own(): Promise<ProcessRef> {
    this.#own ??= this.ref(process.pid)
      .catch(() => undefined)
      .then((ref) => ref ?? { pid: process.pid, startedAt: UNKNOWN_START });
    return this.#own;
  }

  /**
   * Whether exactly that process is still running, and not another one with its pid. Rejects when
   * the system can't be asked: the caller must neither end it nor take what it holds.
   */
  readonly isAlive = async (ref: ProcessRef): Promise<boolean> => {
    if (this.isGone(ref)) return false;
    const isThere = await this.#isThere(ref);
    if (isThere) this.#seen.set(keyOf(ref), performance.now());
    else this.#forget(ref);
    return isThere;
  };

  /**
   * The same, for what shows a process or asks it something; never before it is ended. Where looking
   * is slow, one that was seen some seconds ago, and whose pid is still in use, counts as alive.
   */
  readonly isAliveLately = async (ref: ProcessRef): Promise<boolean> => {
    const seenAt = this.#seen.get(keyOf(ref)) ?? Number.NEGATIVE_INFINITY;
    if (performance.now() - seenAt < this.#rememberedMs && exists(ref.pid)) return true;
    return this.isAlive(ref);
  };

  /** Whether `isAlive` has once said that it is gone. Asks nobody. */
  readonly isGone = (ref: ProcessRef): boolean => this.#gone.has(keyOf(ref));

  #forget(ref: ProcessRef): void {
    this.#gone.add(keyOf(ref));
    this.#seen.delete(keyOf(ref));
  }

  async #isThere(ref: ProcessRef): Promise<boolean> {
    if (ref.pid === process.pid) return isSameProcess(await this.own(), ref);
    if (ref.startedAt === UNKNOWN_START) return exists(ref.pid);
    const there = await this.ref(ref.pid);
    return there !== undefined && isSameProcess(there, ref);
  }
}

/** Those of this machine. */
export const processes = new Processes();

/** What features are told of processes. */
export type Liveness = Pick<Processes, 'isAlive' | 'isGone'>;

const keyOf = ({ pid, startedAt }: ProcessRef): string => `${pid} ${startedAt}`;
