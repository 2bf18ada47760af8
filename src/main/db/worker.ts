import { parentPort, workerData } from 'node:worker_threads';
import { runTask, type Task } from './tasks.ts';

/** Runs one task, posts its result and ends. */
try {
  parentPort?.postMessage({ result: await runTask(workerData as Task) });
} catch (error) {
  // Of an error that crosses threads only the message would be left.
  const { message, code } = error as { message?: string; code?: unknown };
  parentPort?.postMessage({ failed: { message: message ?? String(error), code } });
}
