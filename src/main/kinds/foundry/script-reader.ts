import { Worker } from 'node:worker_threads';
import { isAsSeen, type Seen } from '../../lib/seen.ts';
import { workerFile } from '../../lib/worker-file.ts';
import { AppError } from '../../shared/errors.ts';
import { environmentFor, steering } from './config.ts';
import type { Script, ScriptsOptions } from './script-list.ts';
import type { ScriptsNews, ScriptsTask } from './scripts-worker.ts';

/** The time that the parser may take for one file, and reading for a project; in ms. */
export interface ReadingLimits {
  file: number;
  project: number;
}

type Result = Exclude<ScriptsNews, { parsing: string }>;

const MOST_KEPT = 100;
const HEAP_MB = 512;
/** How many projects can be read at once, including slow ones. */
const MOST_BUSY = 4;

/**
 * Reads the scripts of projects in a thread: sources can be crafted so that the parser takes
 * minutes for a few kilobytes, and only ending its thread stops it. What takes too long is omitted
 * with its reason. The result is cached while its inputs are unchanged, which is checked without
 * the thread.
 */
export class ScriptReader {
  readonly #limits: ReadingLimits;
  readonly #kept = new Map<string, { scripts: Script[]; seen: Seen }>();
  readonly #asked = new Map<string, Promise<Script[]>>();
  /** Keeps what it has parsed. Another thread is started while it is busy. */
  #idle: Worker | undefined;
  #busy = 0;
  readonly #waiting: (() => void)[] = [];
  /** Each ends the work of one thread. */
  readonly #ends = new Set<() => void>();
  #closed = false;

  constructor(limits: ReadingLimits = { file: 10_000, project: 60_000 }) {
    this.#limits = limits;
  }

  /** Throws NOT_A_PROJECT when the configuration can't be read. */
  async read(
    folder: string,
    { trusted = false, also, profile }: ScriptsOptions = {},
  ): Promise<Script[]> {
    const env = Object.fromEntries(steering(environmentFor(profile)));
    const key = JSON.stringify([folder, trusted, also, env]);
    const kept = this.#kept.get(key);
    if (kept && isAsSeen(kept.seen)) return kept.scripts;
    const asked =
      this.#asked.get(key) ??
      this.#readAnew(key, { folder, trusted, also, env, skip: [] }).finally(() =>
        this.#asked.delete(key),
      );
    this.#asked.set(key, asked);
    return asked;
  }

  async #readAnew(key: string, task: ScriptsTask): Promise<Script[]> {
    await this.#turn();
    const end = Date.now() + this.#limits.project;
    try {
      for (;;) {
        if (this.#closed) throw new Error('The scripts are no longer read: Drydock is closing.');
        const { result, parsing } = await this.#ask(task, end - Date.now());
        if (result && 'scripts' in result) {
          if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
          const { scripts, seen } = result;
          if (seen) this.#kept.set(key, { scripts, seen });
          return scripts;
        }
        if (result && 'failed' in result) {
          const { code, message, data } = result.failed;
          throw new AppError(code, message, data);
        }
        if (result) throw new Error(result.broken);
        if (this.#closed) continue;
        if (parsing === undefined || Date.now() >= end) return [tooMuch];
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
  #ask(task: ScriptsTask, most: number): Promise<{ result?: Result; parsing?: string }> {
    const worker = this.#idle ?? this.#start();
    this.#idle = undefined;
    return new Promise((resolve) => {
      let parsing: string | undefined;
      const heard = (news: ScriptsNews) => {
        if (!('parsing' in news)) return done(news);
        parsing = news.parsing;
        clearTimeout(perFile);
        perFile = setTimeout(done, this.#limits.file);
      };
      // Before the first file, nothing of the project was being parsed.
      const ended = (error?: unknown) =>
        done(parsing === undefined && error ? { broken: String(error) } : undefined);
      const done = (result?: Result) => {
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
    const file = workerFile(import.meta.url, './scripts-worker.ts', 'scripts-worker');
    const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
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

const tooMuch: Script = {
  file: '.',
  contracts: [],
  isDefault: false,
  problem:
    'The scripts of the project take too long to be read. Name the one to deploy, as in script/Deploy.s.sol:Deploy.',
};
