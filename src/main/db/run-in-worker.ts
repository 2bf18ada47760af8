import { Worker } from 'node:worker_threads';
import { workerFile } from '../lib/worker-file.ts';
import type { Task, TaskResults } from './tasks.ts';

interface Message<T> {
  result?: T;
  failed?: { message: string; code?: unknown };
}

/**
 * Does what takes long in a thread of its own, so that neither this one nor any writer waits for
 * it. Rejects like the task itself, with SQLite's or the system's code; at an abort with its
 * reason, once the thread is gone.
 */
export function runInWorker<T extends Task>(
  task: T,
  signal?: AbortSignal,
): Promise<TaskResults[T['do']]> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile(import.meta.url, './worker.ts', 'db-worker'), {
      workerData: task,
    });
    let message: Message<TaskResults[T['do']]> | undefined;
    let broken: Error | undefined;
    const abort = () => void worker.terminate();
    signal?.addEventListener('abort', abort, { once: true });
    worker.once('message', (received: Message<TaskResults[T['do']]>) => {
      message = received;
    });
    worker.once('error', (error: Error) => {
      broken = error;
    });
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', abort);
      if (message?.result !== undefined) resolve(message.result);
      else if (message?.failed)
        reject(Object.assign(new Error(message.failed.message), message.failed));
      else if (signal?.aborted) reject(signal.reason);
      else reject(broken ?? new Error(`the database's worker ended with ${code}`));
    });
  });
}
