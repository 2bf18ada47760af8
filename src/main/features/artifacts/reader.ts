import { type ChildProcess, fork } from 'node:child_process';
import { outsideArchive, shippedNode } from '../../lib/shipped-node.ts';
import { workerFile } from '../../lib/worker-file.ts';
import { MOST_COMPILE_MS } from '../../solidity/compiler/compile.ts';
import type { CompileAgain, CompiledAgain } from '../../solidity/compiler/compile-again.ts';
import type {
  BuildStamp,
  Folder,
  NotCompiled,
  ReaderNews,
  ReaderTask,
  StoredCompilation,
} from './reader-messages.ts';
import type { ReadFile } from './store.ts';

const HEAP_MB = 1024;
/** For one artifact, with the build that it came from. */
const FILE_MS = 60_000;
/** A compiler that is a program is ended before that, and says so itself. */
const COMPILE_MS = MOST_COMPILE_MS + FILE_MS;
/** A process takes some ten megabytes; it is started anew in a tenth of a second. */
const IDLE_MS = 15_000;
/** So many files of a project may each end a process; then the rest of it is not read. */
const MOST_SKIPPED = 10;

type End = Exclude<ReaderNews, { reading: string } | { batch: ReadFile[] }>;
type Work = Exclude<ReaderTask, { do: 'continue' }>;

/**
 * Reads the build output of projects in a process of its own, one after the other: a JSON file of
 * some megabytes can be made to take all memory that there is, and that would end this process with
 * its thread. A file that ends the other one, or takes too long, is left out.
 */
export class ArtifactReader {
  #child: ChildProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #end: (() => void) | undefined;
  #closed = false;
  readonly #heapMb: number;

  /** @param heapMb what the process may use at most */
  constructor(heapMb = HEAP_MB) {
    this.#heapMb = heapMb;
  }

  /** null: there is nothing to be read now. */
  async stamp(folder: Folder): Promise<BuildStamp | null> {
    const { end } = await this.#next(() => this.#ask({ do: 'stamp', folder }));
    if (end && 'stamp' in end) return end.stamp;
    throw notRead(end);
  }

  /**
   * Has a contract compiled once more. `file`: its artifact, relative to the folder. null: there is
   * nothing of the kind. Of a compiler that its process did not outlive, a problem.
   */
  async compile(
    folder: Folder,
    file: string,
    ask: CompileAgain,
  ): Promise<CompiledAgain | NotCompiled | null> {
    return this.#compiled({ do: 'compile', folder, file, ask });
  }

  /** The same of what is in no folder any more, from its sources as they are stored. */
  async compileStored(
    from: StoredCompilation,
    ask: CompileAgain,
  ): Promise<CompiledAgain | NotCompiled | null> {
    return this.#compiled({ do: 'compile-stored', from, ask });
  }

  async #compiled(
    task: Extract<Work, { do: 'compile' | 'compile-stored' }>,
  ): Promise<CompiledAgain | NotCompiled | null> {
    const { end } = await this.#next(() => this.#ask(task, { limitMs: COMPILE_MS }));
    if (end && 'compiled' in end) return end.compiled;
    if (end || this.#closed) throw notRead(end);
    return {
      problem: `its compiler took longer than ${COMPILE_MS / 60_000} minutes, or more memory than ${this.#heapMb} MiB`,
      layoutSetting: null,
    };
  }

  /**
   * Reads what isn't known by its stamp. The next batch is read once the last one is stored.
   *
   * @returns every file that there is; null: there is nothing to be read now
   */
  read(
    folder: Folder,
    known: ReadonlyMap<string, string>,
    store: (batch: ReadFile[]) => Promise<void>,
  ): Promise<string[] | null> {
    return this.#next(async () => {
      const skip: string[] = [];
      const stored = new Map(known);
      const keep = async (batch: ReadFile[]) => {
        await store(batch);
        for (const { path, stamp } of batch) stored.set(path, stamp);
      };
      for (;;) {
        const task = { do: 'read' as const, folder, known: stored, skip };
        const { end, reading } = await this.#ask(task, { store: keep });
        if (end && 'listed' in end) return end.listed;
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
    this.#child?.kill('SIGKILL');
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** No end: the process was ended, by the file that it was reading. */
  async #ask(
    task: Work,
    {
      store = async () => undefined,
      limitMs = FILE_MS,
    }: { store?: (batch: ReadFile[]) => Promise<void>; limitMs?: number } = {},
  ): Promise<{ end?: End; reading?: string }> {
    if (this.#closed) return {};
    clearTimeout(this.#idle);
    const child = this.#child ?? this.#start();
    this.#child = child;
    child.ref();
    child.channel?.ref();
    let reading: string | undefined;
    let timer: NodeJS.Timeout | undefined;
    const { promise, resolve, reject } = Promise.withResolvers<End | undefined>();
    const ended = () => resolve(undefined);
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(ended, limitMs).unref();
    };
    const heard = (news: ReaderNews) => {
      watch();
      if ('reading' in news) reading = news.reading;
      else if ('batch' in news) {
        store(news.batch).then(
          () => child.send({ do: 'continue' } satisfies ReaderTask, ignore),
          reject,
        );
      } else resolve(news);
    };
    child.on('message', heard).on('error', ended).on('exit', ended);
    this.#end = ended;
    let end: End | undefined;
    try {
      watch();
      child.send(task, ignore);
      end = await promise;
      return { end, reading };
    } finally {
      clearTimeout(timer);
      child.off('message', heard).off('error', ended).off('exit', ended);
      this.#end = undefined;
      if (end) this.#rest(child);
      else this.#drop(child);
    }
  }

  #start(): ChildProcess {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const file = workerFile(import.meta.url, './reader-process.ts', 'artifacts-reader');
    const child = fork(outsideArchive(file), {
      execPath: shippedNode(),
      execArgv: [`--max-old-space-size=${this.#heapMb}`, '--no-warnings'],
      env,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // One that ends by itself is replaced at the next request.
    child.on('error', () => this.#drop(child)).on('exit', () => this.#drop(child));
    return child;
  }

  #rest(child: ChildProcess): void {
    child.unref();
    child.channel?.unref();
    this.#idle = setTimeout(() => this.#drop(child), IDLE_MS).unref();
  }

  #drop(child: ChildProcess): void {
    if (this.#child === child) this.#child = undefined;
    child.kill('SIGKILL');
  }
}

/** Of a message: the end of the process is heard by itself. */
const ignore = (): void => undefined;

const notRead = (end: End | undefined): Error =>
  new Error(
    end && 'broken' in end ? end.broken : 'The build output of the project could not be read.',
  );
