import { Worker } from 'node:worker_threads';
import { workerFile } from '../../lib/worker-file.ts';
import type { ReadFile } from './store.ts';
import type { Folder, ThreadNews, ThreadTask } from './thread.ts';

const HEAP_MB = 1024;
/** For one artifact, with the build that it came from. */
const FILE_MS = 60_000;
/** A thread takes some ten megabytes; it is started anew in a few ten milliseconds. */
const IDLE_MS = 15_000;
/** So many files of a project may each end a thread; then the rest of it is not read. */
const MOST_SKIPPED = 10;

type End = Exclude<ThreadNews, { reading: string } | { batch: ReadFile[] }>;
type Work = Exclude<ThreadTask, { do: 'continue' }>;

/**
 * Reads the build output of projects in a thread of its own, one after the other. A file that ends
 * the thread, or takes too long, is left out.
 */
export class ArtifactReader {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #end: (() => void) | undefined;
  #closed = false;

  /** null: there is nothing to be read now. */
  async stamp(folder: Folder): Promise<string | null> {
    const { end } = await this.#next(() => this.#ask({ do: 'stamp', folder }));
    if (end && 'stamp' in end) return end.stamp;
    throw notRead(end);
  }

  /**
   * Reads what isn't known by its stamp. The next batch is read once the last one is stored.
   *
   * @returns null: there is nothing to be read now
   */
  read(
    folder: Folder,
    known: ReadonlyMap<string, string>,
    store: (batch: ReadFile[]) => Promise<void>,
  ): Promise<{ stamp: string; listed: string[] } | null> {
    return this.#next(async () => {
      const skip: string[] = [];
      const stored = new Map(known);
      const keep = async (batch: ReadFile[]) => {
        await store(batch);
        for (const { path, stamp } of batch) stored.set(path, stamp);
      };
      for (;;) {
        const task = { do: 'read' as const, folder, known: stored, skip };
        const { end, reading } = await this.#ask(task, keep);
        if (end && 'read' in end) return end.read;
        if (this.#closed || reading === undefined || skip.length >= MOST_SKIPPED)
          throw notRead(end);
        skip.push(reading);
      }
    });
  }

  /** What is under way rejects. */
  close(): void {
    this.#closed = true;
    this.#end?.();
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** No end: the thread was ended, by the file that it was reading. */
  async #ask(
    task: Work,
    store: (batch: ReadFile[]) => Promise<void> = async () => undefined,
  ): Promise<{ end?: End; reading?: string }> {
    if (this.#closed) return {};
    clearTimeout(this.#idle);
    const worker = this.#worker ?? this.#start();
    this.#worker = worker;
    let reading: string | undefined;
    let timer: NodeJS.Timeout | undefined;
    const { promise, resolve, reject } = Promise.withResolvers<End | undefined>();
    const ended = () => resolve(undefined);
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(ended, FILE_MS).unref();
    };
    const heard = (news: ThreadNews) => {
      watch();
      if ('reading' in news) reading = news.reading;
      else if ('batch' in news) {
        store(news.batch).then(
          () => worker.postMessage({ do: 'continue' } satisfies ThreadTask),
          reject,
        );
      } else resolve(news);
    };
    worker.on('message', heard).on('error', ended).on('exit', ended);
    this.#end = ended;
    let end: End | undefined;
    try {
      watch();
      worker.postMessage(task);
      end = await promise;
      return { end, reading };
    } finally {
      clearTimeout(timer);
      worker.off('message', heard).off('error', ended).off('exit', ended);
      this.#end = undefined;
      if (end) this.#rest(worker);
      else this.#drop(worker);
    }
  }

  #start(): Worker {
    const worker = new Worker(workerFile(import.meta.url, './worker.ts', 'artifacts-worker'), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    worker.unref();
    // A thread that ends by itself is replaced at the next request.
    worker.on('error', () => this.#drop(worker));
    return worker;
  }

  #rest(worker: Worker): void {
    this.#idle = setTimeout(() => this.#drop(worker), IDLE_MS).unref();
  }

  #drop(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
    void worker.terminate();
  }
}

const notRead = (end: End | undefined): Error =>
  new Error(
    end && 'broken' in end ? end.broken : 'The build output of the project could not be read.',
  );
