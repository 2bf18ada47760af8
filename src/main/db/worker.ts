import { parentPort, workerData } from 'node:worker_threads';
import { runTask, type Task } from './tasks.ts';

/** One task, its answer, the end. */
try {
  parentPort?.postMessage({ answer: await runTask(workerData as Task) });
} catch (error) {
  // Of an error that crosses threads only the message would be left.
  const { message, code } = error as { message?: string; code?: unknown };
  parentPort?.postMessage({ failed: { message: message ?? String(error), code } });
}
