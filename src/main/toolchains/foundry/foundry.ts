import type { CompileCache, Toolchain } from '../toolchain.ts';
import { checkArguments } from './arguments.ts';
import { compilePreparer } from './compile.ts';
import { compilerStore } from './compilers.ts';
import { detectFoundry } from './detect.ts';
import { explainFailure } from './explain.ts';
import { forgeCacheReader } from './forge-cache.ts';
import { leftBehind, planner } from './plan.ts';
import { readScripts } from './scripts.ts';
import { sourceReader } from './source-files.ts';

export interface FoundryParts {
  /** Where compilers for work without a network are kept. */
  dataFolder: string;
  /** Nothing is kept without one. */
  compileCache?: CompileCache;
  /** The site that forge downloads compilers from; another one in tests. */
  downloadUrl?: string;
}

export interface FoundryToolchain extends Toolchain {
  /** What can compile Solidity here: for the doctor. */
  compilers(): Promise<{
    /** Native ones that forge finds, newest first. */
    installed: string[];
    /** The version of the JavaScript build that comes with Drydock. */
    shipped: string | null;
    /** Whether forge could download others. */
    online: boolean;
  }>;
}

export function foundryToolchain(parts: FoundryParts): FoundryToolchain {
  const read = sourceReader();
  const compilers = compilerStore(parts);
  const prepareCompile = compilePreparer({
    compilers,
    cache: parts.compileCache ?? nothingKept,
    read: forgeCacheReader(),
  });
  return {
    kind: 'foundry',
    detect: detectFoundry,
    scripts: (folder) => readScripts(folder, read),
    checkArguments,
    plan: planner(prepareCompile),
    leftBehind,
    explain: explainFailure,
    compilers: compilers.overview,
  };
}

const nothingKept: CompileCache = {
  find: () => [],
  keep: () => undefined,
  used: () => undefined,
  drop: () => undefined,
};
