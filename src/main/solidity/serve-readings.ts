import { parentPort } from 'node:worker_threads';
import { filesOf, type ProjectFiles } from '../lib/project-files.ts';
import { isQuicklySeen, type Seen, stateOf } from '../lib/seen.ts';
import { AppError, type ErrorCode, type ErrorData } from '../shared/errors.ts';
import { type ReadSource, sourceReader } from './source-files.ts';

/** A request to the thread. */
export interface ReadingTask {
  folder: string;
  /** Its code may run: links are followed anywhere, and build results are used. */
  trusted: boolean;
  /** Files that took too long. */
  skip: string[];
}

/** What it reports meanwhile and at the end. */
export type ReadingNews<Value> =
  | { parsing: string }
  /** `seen` is absent when it is too large. */
  | { value: Value; seen?: Seen }
  | { failed: { code: ErrorCode; message: string; data: ErrorData } }
  | { broken: string };

const TOO_SLOW = 'It takes too long to be read. Its expressions or types nest too deep.';

/** Called in a thread of `SourceThreads`: reads what it is asked for, and remembers what it has parsed. */
export function serveReadings<Task extends ReadingTask, Value>(
  read: (task: Task, files: ProjectFiles, readSource: ReadSource) => Promise<Value>,
): void {
  const port = parentPort;
  const tell = (news: ReadingNews<Value>) => port?.postMessage(news);
  const parsed = sourceReader((file) => tell({ parsing: file }));

  async function answer(task: Task): Promise<ReadingNews<Value>> {
    const seen: Seen = new Map();
    const looked = (file: string) => {
      if (!seen.has(file)) seen.set(file, stateOf(file));
    };
    const files = filesOf(task.folder, { linksOut: task.trusted, looked });
    try {
      const value = await read(task, files, async (inProject, file) =>
        task.skip.includes(file)
          ? { file, imports: [], contracts: new Map(), types: new Map(), problem: TOO_SLOW }
          : parsed(inProject, file),
      );
      return isQuicklySeen(seen) ? { value, seen } : { value };
    } catch (error) {
      if (!(error instanceof AppError)) return { broken: String(error) };
      const { code, message, data } = error;
      return { failed: { code, message, data } };
    }
  }

  port?.on('message', (task: Task) => void answer(task).then(tell));
}
