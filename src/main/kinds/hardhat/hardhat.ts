import { filesToRun, projectFiles } from '../../lib/project-files.ts';
import { contractReader } from '../../solidity/contract-reader.ts';
import type { ChainNeeds, ChainTarget } from '../../targets/chain/chain-target.ts';
import { nothingKept } from '../compile-cache.ts';
import type { Kind, RunContext } from '../kind.ts';
import type { KindDependencies } from '../kinds.ts';
import { contractEntries } from '../one-contract/contract-entries.ts';
import { sendRest } from '../reviewed/send-rest.ts';
import { askedVariables } from './asked-variables.ts';
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
  const needs = ({
    way,
    from,
    key,
    snapshot,
    allowUnsafeUpgrade = false,
  }: HardhatRun): ChainNeeds => ({
    ...{
      from: from ?? null,
      key: key ?? null,
      hasKeystore: false,
      snapshot,
      records: true,
      allowChains: [],
    },
    allowUnsafeUpgrade,
    ...(way === 'contract' ? { tool: 'Drydock' } : {}),
    compiled: (folder) => compiledContracts(filesToRun(folder)),
  });
  const run = (context: RunContext<HardhatRun, ChainTarget>) =>
    runHardhat(context, { records, cache: compileCache });
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
    needs,
    run,
    // Ignition knows from its own journal how far it came.
    resume: (context) =>
      context.input.way === 'ignition'
        ? run(context)
        : sendRest(context, { info: hardhatInfo, needs }),
    recover: (run, isOver) => recover(run, isOver, records),
    variables: async (folder, { script }, { trusted }) =>
      askedVariables(trusted ? filesToRun(folder) : projectFiles(folder), script),
    close: () => contracts.close(),
  };
}
