import { workerFile } from '../lib/worker-file.ts';
import type { ContractsTask } from './contracts-worker.ts';
import type { DeclaredContracts } from './declared-contracts.ts';
import { SourceThreads } from './source-threads.ts';

/** Reads what the sources of projects declare. */
export type ReadContracts = (task: Omit<ContractsTask, 'skip'>) => Promise<DeclaredContracts>;

/** See `SourceThreads`; what takes too long is left out. */
export function contractReader(): { read: ReadContracts; close(): void } {
  const threads = new SourceThreads<ContractsTask, DeclaredContracts>({
    worker: workerFile(import.meta.url, './contracts-worker.ts', 'contracts-worker'),
    tooMuch: { contracts: [], others: [], isCut: true },
  });
  return { read: (task) => threads.read(task), close: () => threads.close() };
}
