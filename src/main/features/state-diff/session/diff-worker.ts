import { parentPort } from 'node:worker_threads';
import { NotAState } from '../state/accounts-text.ts';
import { DiffSession } from './diff-session.ts';

/** A call of a method of the session. */
export interface Question {
  id: number;
  method: keyof DiffSession;
  args: unknown[];
}

export type Answer =
  | { id: number; value: unknown }
  | {
      id: number;
      failed: { message: string; side: string | null; isDamaged: boolean; code: unknown };
    };

const session = new DiffSession();
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (question: Question) => {
  // One after the other, as they were asked.
  last = last.then(async () => parentPort?.postMessage(await answered(question)));
});

async function answered({ id, method, args }: Question): Promise<Answer> {
  try {
    const called = session[method] as (...args: unknown[]) => unknown;
    return { id, value: await called.apply(session, args) };
  } catch (error) {
    // Of an error that crosses threads only the message would be left.
    const { message, side = null, code } = error as Error & { side?: string; code?: unknown };
    return { id, failed: { message, side, isDamaged: error instanceof NotAState, code } };
  }
}
