import { filesToRun, projectFiles } from '../../lib/project-files.ts';
import { contractReader } from '../../solidity/contract-reader.ts';
import type { ChainNeeds, ChainTarget } from '../../targets/chain/chain-target.ts';
import { nothingKept } from '../compile-cache.ts';
import type { Kind } from '../kind.ts';
import type { KindDependencies } from '../kinds.ts';
import { contractEntries } from '../one-contract/contract-entries.ts';
import { changedInput } from './changed-input.ts';
import { choicesOf } from './choices.ts';
import { compiledContracts } from './compiled-contracts.ts';
import { contractPlace } from './contract-place.ts';
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
  const contracts = contractReader();
  return {
    info: hardhatInfo,
    input: hardhatInput,
    detect: detectHardhat,
    candidatesBelow: projectsBelow,
    whatRuns,
    async choices(folder, { trusted = false, named } = {}) {
      const files = trusted ? filesToRun(folder) : projectFiles(folder);
      const { entries, ...others } = choicesOf(files, named);
      const declared = await contractPlace(contracts.read, files, trusted).all();
      return { ...others, entries: [...entries, ...contractEntries(declared, 'args')] };
    },
    normalize: (asked, folder, options) => normalize(contracts.read, asked, folder, options),
    named: (asked, folder, options) => named(contracts.read, asked, folder, options),
    changed: changedInput,
    title: titleOf,
    needs: ({ way, from = null, key = null, snapshot, allowUnsafeUpgrade = false }) => ({
      ...{ from, key, hasKeystore: false, snapshot, records: true, allowChains: [] },
      allowUnsafeUpgrade,
      ...(way === 'contract' ? { tool: 'Drydock' } : {}),
      compiled: (folder) => compiledContracts(filesToRun(folder)),
    }),
    run: (context) => runHardhat(context, { records, cache: compileCache }),
    recover: (run, isOver) => recover(run, isOver, records),
    close: () => contracts.close(),
  };
}
