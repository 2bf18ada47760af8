import { filesToRun, projectFiles } from '../../lib/project-files.ts';
import type { ChainNeeds, ChainTarget } from '../../targets/chain/chain-target.ts';
import { nothingKept } from '../compile-cache.ts';
import type { Kind } from '../kind.ts';
import type { KindDependencies } from '../kinds.ts';
import { changedInput } from './changed-input.ts';
import { choicesOf } from './choices.ts';
import { compiledContracts } from './compiled-contracts.ts';
import { detectHardhat } from './detect.ts';
import { hardhatInfo } from './info.ts';
import { type HardhatRun, hardhatInput } from './input.ts';
import { named, normalize } from './normalize.ts';
import { projectsBelow } from './projects-below.ts';
import { recover } from './recover.ts';
import { runHardhat } from './run.ts';
import { titleOf } from './title.ts';
import { ToolRecords } from './tool-records.ts';
import { whatRuns } from './what-runs.ts';

/** Hardhat projects: an Ignition module, hardhat-deploy or a script deploys contracts to a network. */
export function hardhat({
  dataFolder,
  compileCache = nothingKept,
}: KindDependencies): Kind<HardhatRun, ChainTarget, ChainNeeds> {
  const records = new ToolRecords(dataFolder);
  return {
    info: hardhatInfo,
    input: hardhatInput,
    detect: detectHardhat,
    candidatesBelow: projectsBelow,
    whatRuns,
    choices: async (folder, { trusted, named } = {}) =>
      choicesOf(trusted ? filesToRun(folder) : projectFiles(folder), named),
    normalize: async (asked, folder, options) => normalize(asked, folder, options),
    named: async (asked, folder) => named(asked, folder),
    changed: changedInput,
    title: titleOf,
    needs: ({ from = null, snapshot }) => ({
      ...{ from, hasKeystore: false, snapshot, records: true, allowChains: [] },
      compiled: (folder) => compiledContracts(filesToRun(folder)),
    }),
    run: (context) => runHardhat(context, { records, cache: compileCache }),
    recover: (run, isOver) => recover(run, isOver, records),
    close: () => undefined,
  };
}
