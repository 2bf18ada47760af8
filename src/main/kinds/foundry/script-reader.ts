import { workerFile } from '../../lib/worker-file.ts';
import { type ReadingLimits, SourceThreads } from '../../solidity/source-threads.ts';
import { environmentFor, steering } from './config.ts';
import type { Script, ScriptsOptions } from './script-list.ts';
import type { ScriptsTask } from './scripts-worker.ts';

/** Reads the scripts of projects; see `SourceThreads`. */
export class ScriptReader {
  readonly #threads: SourceThreads<ScriptsTask, Script[]>;

  constructor(limits?: ReadingLimits) {
    const worker = workerFile(import.meta.url, './scripts-worker.ts', 'scripts-worker');
    this.#threads = new SourceThreads({ worker, tooMuch: [tooMuch], limits });
  }

  /** Throws NOT_A_PROJECT when the configuration can't be read. */
  read(folder: string, { trusted = false, also, profile }: ScriptsOptions = {}): Promise<Script[]> {
    const env = Object.fromEntries(steering(environmentFor(profile)));
    return this.#threads.read({ folder, trusted, also, env });
  }

  /** Pending reads reject immediately. */
  close(): void {
    this.#threads.close();
  }
}

const tooMuch: Script = {
  file: '.',
  contracts: [],
  isDefault: false,
  problem:
    'The scripts of the project take too long to be read. Name the one to deploy, as in script/Deploy.s.sol:Deploy.',
};
