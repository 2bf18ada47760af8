import { inputError } from '../../lib/input-error.ts';
import { filesToRun, projectFiles } from '../../lib/project-files.ts';
import type { ChainNeeds, ChainTarget } from '../../targets/chain/chain-target.ts';
import type { Kind } from '../kind.ts';
import { isConstructor } from '../one-contract/constructor-call.ts';
import { sendRest } from '../reviewed/send-rest.ts';
import { askedVariables } from './asked-variables.ts';
import { askedVersions } from './asked-version.ts';
import { choicesOf, scriptsOfAll } from './choices.ts';
import { compiledContracts } from './compiled-contracts.ts';
import { environmentFor, profilesIn, readConfig } from './config.ts';
import { detectFoundry } from './detect.ts';
import { type ForgeDependencies, forge } from './forge.ts';
import { foundryInfo } from './info.ts';
import { foundryInput } from './input.ts';
import { missingLibraries } from './missing-libraries.ts';
import { type FoundryRun, namedEntry, normalize } from './normalize.ts';
import { withholds } from './passed-on.ts';
import { projectsBelow } from './projects-below.ts';
import { recover } from './recover.ts';
import { resultFiles } from './result-files.ts';
import { runContract } from './run-contract.ts';
import { runScript } from './run-script.ts';
import { whatRuns } from './what-runs.ts';

/** Foundry projects: one of their scripts deploys contracts to a network. */
export function foundry(deps: ForgeDependencies): Kind<FoundryRun, ChainTarget, ChainNeeds> {
  const tool = forge(deps);
  const { scripts, contracts, plan, planContract, close } = tool;
  const needs = ({
    sig,
    from,
    account,
    snapshot,
    allowChains = [],
    profile,
    ...asked
  }: FoundryRun): ChainNeeds => ({
    ...{ from: from ?? null, key: asked.key ?? null, hasKeystore: account !== undefined, snapshot },
    ...{ records: false, allowChains },
    allowUnsafeUpgrade: asked.allowUnsafeUpgrade ?? false,
    tool: isConstructor(sig) ? 'Drydock' : 'forge',
    compiled(folder) {
      const files = filesToRun(folder);
      return compiledContracts(files, readConfig(files, environmentFor(profile)).out);
    },
  });
  return {
    info: foundryInfo,
    input: foundryInput,
    detect: detectFoundry,
    candidatesBelow: projectsBelow,
    toolVersions: askedVersions,
    whatRuns,
    async choices(folder, { trusted, named } = {}) {
      const files = trusted ? filesToRun(folder) : projectFiles(folder);
      const profiles = profilesIn(files);
      const [all, declared] = await Promise.all([
        scriptsOfAll(scripts, files, { trusted, also: named }),
        contracts(files, { trusted }).all(),
      ]);
      return choicesOf(all, declared, profiles);
    },
    normalize: (asked, folder, options) => normalize(tool, asked, folder, options),
    async named(asked, folder, options) {
      const { data, error } = foundryInput.safeParse(asked);
      if (error) throw inputError(error);
      return { ...asked, ...(await namedEntry(tool, data, folder, options)) };
    },
    // The confirmation that the old arguments hold no secret doesn't apply to new ones.
    changed: (before, changes) => ({
      ...before,
      ...(isOther(before, changes) ? NOT_OF_ANOTHER : {}),
      ...(changes.args ? { argsAreNoSecret: undefined } : {}),
      ...changes,
    }),
    title: ({ script, sig }) => `${script} ${sig}`,
    needs,
    run: (context) =>
      isConstructor(context.input.sig)
        ? runContract(context, planContract)
        : runScript(context, plan),
    resume: (context) => sendRest(context, { info: foundryInfo, needs }),
    recover,
    resultFiles: (run) =>
      isConstructor(run.input.sig) ? { own: [], shared: [] } : resultFiles(run),
    missingLibraries,
    variables: (folder, input, { trusted }) =>
      askedVariables(trusted ? filesToRun(folder) : projectFiles(folder), input),
    withholds,
    close,
  };
}

/** Of one entry, and meaningless for another. */
const NOT_OF_ANOTHER = {
  ...{ sig: undefined, args: undefined, value: undefined, libraries: undefined },
  allowUnsafeUpgrade: undefined,
};

const isOther = ({ script }: FoundryRun, changes: Record<string, unknown>): boolean =>
  changes.script !== undefined && changes.script !== script;
