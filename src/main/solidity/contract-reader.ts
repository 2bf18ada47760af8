import { workerFile } from '../lib/worker-file.ts';
import type { ContractsTask } from './contracts-worker.ts';
import type { DeclaredContracts } from './declared-contracts.ts';
import { SourceThreads } from './source-threads.ts';

/** Reads what the sources of projects declare. */
export type ReadContracts = (task: Omit<ContractsTask, 'skip'>) => Promise<DeclaredContracts>;

const tooMuch = {
  file: '.',
  problem:
    'The contracts of the project take too long to be read. Name the one to deploy with its file, as in src/Token.sol:Token.',
};

/** See `SourceThreads`; what takes too long is left out. */
export function contractReader(): { read: ReadContracts; close(): void } {
  const threads = new SourceThreads<ContractsTask, DeclaredContracts>({
    worker: workerFile(import.meta.url, './contracts-worker.ts', 'contracts-worker'),
    tooMuch: { contracts: [], others: [], unread: [tooMuch], isCut: true },
  });
  return { read: (task) => threads.read(task), close: () => threads.close() };
}
