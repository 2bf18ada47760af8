import { Worker } from 'node:worker_threads';
import { workerFile } from '../../../lib/worker-file.ts';
import type { DiffSession } from './diff-session.ts';
import type { Answer, Question } from './diff-worker.ts';

/** A session in a thread of its own, which ends with it. Every method rejects with SessionError. */
export type OpenSession = AsyncDisposable & {
  [Method in keyof DiffSession]: (
    ...args: Parameters<DiffSession[Method]>
  ) => Promise<Awaited<ReturnType<DiffSession[Method]>>>;
};

export class SessionError extends Error {
  override readonly name = 'SessionError';
  /** Which of both states could not be read; null: it was not that. */
  readonly side: 'before' | 'after' | null;
  /** What was read is no whole state. */
  readonly isDamaged: boolean;
  /** Of the system, e.g. ENOENT; of the thread, e.g. ERR_WORKER_OUT_OF_MEMORY. */
  readonly code: unknown;

  constructor(
    message: string,
    about: { side?: unknown; isDamaged?: boolean; code?: unknown } = {},
  ) {
    super(message);
    this.side = about.side === 'before' || about.side === 'after' ? about.side : null;
    this.isDamaged = about.isDamaged ?? false;
    this.code = about.code;
  }
}

/** For two states with a million slots together. */
const HEAP_MB = 2048;

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

/** @param signal ends it at once, also in the middle of its work */
export function openSession(signal?: AbortSignal, heapMb = HEAP_MB): OpenSession {
  signal?.throwIfAborted();
  const file = workerFile(import.meta.url, './diff-worker.ts', 'diff-worker');
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: heapMb } });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', (answer: Answer) => {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('value' in answer) one?.resolve(answer.value);
    else one?.reject(new SessionError(answer.failed.message, answer.failed));
  });
  worker.on('error', (error: Error & { code?: unknown }) =>
    end(new SessionError(error.message, error)),
  );
  worker.on('exit', () => end(new SessionError('the thread that compares has ended')));
  const abort = () => void worker.terminate();
  signal?.addEventListener('abort', abort, { once: true });

  const ask = (method: keyof DiffSession, args: unknown[]) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      waiting.set(++asked, { resolve, reject });
      worker.postMessage({ id: asked, method, args } satisfies Question);
    });
  const dispose = async () => {
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  };
  const asking = METHODS.map((method) => [method, (...args: unknown[]) => ask(method, args)]);
  return { ...Object.fromEntries(asking), [Symbol.asyncDispose]: dispose } as OpenSession;
}

const METHODS: readonly (keyof DiffSession)[] = [
  ...(['load', 'compare', 'changes', 'codeAt', 'wordAt'] as const),
  ...(['facts', 'name', 'variables', 'text'] as const),
];
