import { workerFile } from '../lib/worker-file.ts';
import { SourceThreads } from './source-threads.ts';
import type { ReadVariables, VariablesTask } from './variables-worker.ts';

/**
 * Reads which variables the functions of a source have; null: it can't be understood. See
 * `SourceThreads`: sources are not trusted.
 */
export function variableReader() {
  const threads = new SourceThreads<VariablesTask, ReadVariables>({
    worker: workerFile(import.meta.url, './variables-worker.ts', 'variables-worker'),
    tooMuch: null,
  });
  return {
    read: (task: Omit<VariablesTask, 'skip'>) => threads.read(task),
    close: () => threads.close(),
  };
}
