import { Worker } from 'node:worker_threads';
import { isAsSeen, type Seen } from '../lib/seen.ts';
import { AppError } from '../shared/errors.ts';
import type { ReadingNews } from './serve-readings.ts';

/** The time that the parser may take for one file, and reading for a project; in ms. */
export interface ReadingLimits {
  file: number;
  project: number;
}

export interface SourceThreadsOptions<Value> {
  /** The thread's file, which calls `serveReadings`. */
  worker: string;
  /** The value for a project that takes too long. */
  tooMuch: Value;
  limits?: ReadingLimits;
}

type Result<Value> = Exclude<ReadingNews<Value>, { parsing: string }>;

const LIMITS: ReadingLimits = { file: 10_000, project: 60_000 };
const MOST_KEPT = 100;
const HEAP_MB = 512;
/** How many projects can be read at once, including slow ones. */
const MOST_BUSY = 4;

/**
 * Reads the Solidity of projects in a thread: sources can be crafted so that the parser takes
 * minutes for a few kilobytes, and only ending its thread stops it. What takes too long is omitted
 * with its reason. The result is cached while its inputs are unchanged, which is checked without
 * the thread.
 */
export class SourceThreads<Task extends { skip: string[] }, Value> {
  readonly #options: SourceThreadsOptions<Value>;
  readonly #limits: ReadingLimits;
  readonly #kept = new Map<string, { value: Value; seen: Seen }>();
  readonly #asked = new Map<string, Promise<Value>>();
  /** Keeps what it has parsed. Another thread is started while it is busy. */
  #idle: Worker | undefined;
  #busy = 0;
  readonly #waiting: (() => void)[] = [];
  /** Each ends the work of one thread. */
  readonly #ends = new Set<() => void>();
  #closed = false;

  constructor(options: SourceThreadsOptions<Value>) {
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
  }

  /** Throws what the thread does. */
  async read(task: Omit<Task, 'skip'>): Promise<Value> {
    const key = JSON.stringify(task);
    const kept = this.#kept.get(key);
    if (kept && isAsSeen(kept.seen)) return kept.value;
    const asked =
      this.#asked.get(key) ??
      this.#readAnew(key, { ...task, skip: [] as string[] } as Task).finally(() =>
        this.#asked.delete(key),
      );
    this.#asked.set(key, asked);
    return asked;
  }

  async #readAnew(key: string, task: Task): Promise<Value> {
    await this.#turn();
    const end = Date.now() + this.#limits.project;
    try {
      for (;;) {
        if (this.#closed) throw new Error('Sources are no longer read: Drydock is closing.');
        const { result, parsing } = await this.#ask(task, end - Date.now());
        if (result && 'value' in result) {
          if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
          const { value, seen } = result;
          if (seen) this.#kept.set(key, { value, seen });
          return value;
        }
        if (result && 'failed' in result) {
          const { code, message, data } = result.failed;
          throw new AppError(code, message, data);
        }
        if (result) throw new Error(result.broken);
        if (this.#closed) continue;
        if (parsing === undefined || Date.now() >= end) return this.#options.tooMuch;
        task.skip.push(parsing);
      }
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Pending reads reject immediately. */
  close(): void {
    this.#closed = true;
    for (const end of this.#ends) end();
    void this.#idle?.terminate();
  }

  /** Resolves when a thread is available. */
  async #turn(): Promise<void> {
    if (this.#busy >= MOST_BUSY) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#busy += 1;
  }

  /** No result: the thread was ended because of the file that it was parsing. */
  #ask(task: Task, most: number): Promise<{ result?: Result<Value>; parsing?: string }> {
    const worker = this.#idle ?? this.#start();
    this.#idle = undefined;
    return new Promise((resolve) => {
      let parsing: string | undefined;
      const heard = (news: ReadingNews<Value>) => {
        if (!('parsing' in news)) return done(news);
        parsing = news.parsing;
        clearTimeout(perFile);
        perFile = setTimeout(done, this.#limits.file);
      };
      // Before the first file, nothing of the project was being parsed.
      const ended = (error?: unknown) =>
        done(parsing === undefined && error ? { broken: String(error) } : undefined);
      const done = (result?: Result<Value>) => {
        clearTimeout(whole);
        clearTimeout(perFile);
        worker.off('message', heard).off('error', ended);
        this.#ends.delete(done);
        if (result && !this.#idle) this.#idle = worker;
        else void worker.terminate();
        resolve({ result, parsing });
      };
      const whole = setTimeout(done, most);
      let perFile: NodeJS.Timeout | undefined;
      worker.on('message', heard).on('error', ended);
      this.#ends.add(done);
      worker.postMessage(task);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#options.worker, {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.unref();
    // A thread that ends by itself is replaced at the next request.
    worker.on('error', () => this.#forget(worker));
    worker.on('exit', () => this.#forget(worker));
    return worker;
  }

  #forget(worker: Worker): void {
    if (this.#idle === worker) this.#idle = undefined;
  }
}
