import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { appRoot } from '../kit/resources.ts';
import type { Answers, Task } from './tasks.ts';

interface Message<T> {
  answer?: T;
  failed?: { message: string; code?: unknown };
}

/** From the sources Node runs the worker as it is; from the build it is an entry of its own. */
function workerFile(): string {
  return import.meta.url.endsWith('.ts')
    ? fileURLToPath(new URL('./worker.ts', import.meta.url))
    : path.join(appRoot(), 'out', 'main', 'db-worker.js');
}

/**
 * Does what takes long in a thread of its own, so that neither this one nor any writer waits for
 * it. Rejects like the task itself, with SQLite's or the system's code; at an abort with its
 * reason, once the thread is gone.
 */
export function aside<T extends Task>(task: T, signal?: AbortSignal): Promise<Answers[T['do']]> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile(), { workerData: task });
    let message: Message<Answers[T['do']]> | undefined;
    let broken: Error | undefined;
    const abort = () => void worker.terminate();
    signal?.addEventListener('abort', abort, { once: true });
    worker.once('message', (received: Message<Answers[T['do']]>) => {
      message = received;
    });
    worker.once('error', (error: Error) => {
      broken = error;
    });
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', abort);
      if (message?.answer !== undefined) resolve(message.answer);
      else if (message?.failed)
        reject(Object.assign(new Error(message.failed.message), message.failed));
      else if (signal?.aborted) reject(signal.reason);
      else reject(broken ?? new Error(`the database's worker ended with ${code}`));
    });
  });
}
