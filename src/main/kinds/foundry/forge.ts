import type { Workspace } from '../../engines/engine.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { contractReader } from '../../solidity/contract-reader.ts';
import { type CompileCache, nothingKept } from '../compile-cache.ts';
import type { ContractPlace } from '../one-contract/choose-contract.ts';
import { compilePreparer } from './compile.ts';
import { compilerStore } from './compilers.ts';
import { type ContractsOptions, contractPlace } from './contract-place.ts';
import { type ContractCompile, type ContractPlan, contractPlanner } from './contract-plan.ts';
import type { DeployRequest, Plan } from './deploy-plan.ts';
import { forgeCacheReader } from './forge-cache.ts';
import { planner } from './plan.ts';
import type { Script, ScriptsOptions } from './script-list.ts';
import { ScriptReader } from './script-reader.ts';
import { scriptUse } from './script-use.ts';

export interface ForgeDependencies {
  /** Folder of compilers for work without a network. */
  dataFolder: string;
  /** Absent: nothing is kept. */
  compileCache?: CompileCache;
  /** The site from which forge downloads compilers; another one in tests. */
  downloadUrl?: string;
}

/** What Drydock uses forge for, and how it is run. */
export interface Forge {
  /**
   * Every deploy script, and files that look like one but aren't. Starts no process. Throws
   * NOT_A_PROJECT when the configuration can't be read.
   */
  scripts(folder: string, options?: ScriptsOptions): Promise<Script[]>;
  /** Prepares a compile, and says what will run. Throws AppError when something is unavailable. */
  plan(request: DeployRequest, workspace: Workspace): Promise<Plan>;
  /** See `contractPlace`. Throws NOT_A_PROJECT when the configuration can't be read. */
  contracts(files: ProjectFiles, options?: ContractsOptions): ContractPlace;
  /** Prepares a compile for one contract. Throws AppError when something is unavailable. */
  planContract(compile: ContractCompile, workspace: Workspace): Promise<ContractPlan>;
  /** What can compile Solidity here, for the doctor. */
  compilers(): Promise<{
    /** Native compilers that forge finds, newest first. */
    installed: string[];
    /** The version of the JavaScript build that comes with Drydock. */
    shipped: string | null;
    /** Whether forge could download others. */
    online: boolean;
  }>;
  /** Ends its background work, such as reading scripts. */
  close(): void;
}

export function forge(deps: ForgeDependencies): Forge {
  const scripts = new ScriptReader();
  const contracts = contractReader();
  const compilers = compilerStore(deps);
  const prepareCompile = compilePreparer({
    compilers,
    cache: deps.compileCache ?? nothingKept,
    read: forgeCacheReader(),
  });
  return {
    scripts: (folder, options) => scripts.read(folder, options),
    plan: planner(prepareCompile, scriptUse()),
    contracts: (files, options = {}) => contractPlace(contracts.read, files, options),
    planContract: contractPlanner(prepareCompile),
    compilers: compilers.overview,
    close() {
      scripts.close();
      contracts.close();
    },
  };
}
