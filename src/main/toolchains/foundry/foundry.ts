import type { Toolchain } from '../toolchain.ts';
import { checkArguments } from './arguments.ts';
import { compilerStore } from './compilers.ts';
import { detectFoundry } from './detect.ts';
import { explainFailure } from './explain.ts';
import { leftBehind, planner } from './plan.ts';
import { readScripts } from './scripts.ts';
import { sourceReader } from './source-files.ts';

export interface FoundryParts {
  /** Where compilers for work without a network are kept. */
  dataFolder: string;
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
  return {
    kind: 'foundry',
    detect: detectFoundry,
    scripts: (folder) => readScripts(folder, read),
    checkArguments,
    plan: planner(compilers),
    leftBehind,
    explain: explainFailure,
    compilers: compilers.overview,
  };
}
