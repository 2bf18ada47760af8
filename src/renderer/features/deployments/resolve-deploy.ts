import type { StartInput } from '#main/features/deployments/contract.ts';
import type { Network } from '#main/features/networks/contract.ts';
import type { Script, ScriptFunction } from '#main/features/projects/contract.ts';
import { argumentProblem } from './argument-check.ts';
import type { DeployDraft } from './deploy-draft.ts';

interface Entry {
  /** file:Contract */
  id: string;
  file: string;
  contract: string;
  /** The file has no other contract, so its name alone tells enough. */
  alone: boolean;
  functions: ScriptFunction[];
}

/** What the form shows and what Deploy would send. */
export interface Choice {
  network: Network | null;
  entries: Entry[];
  entry: Entry | null;
  fn: ScriptFunction | null;
  args: string[];
  /** Key of `args` in the draft. */
  argsKey: string;
  /** What Deploy sends, or why it can't be pressed. */
  ready: StartInput | null;
  missing: string | null;
  /** Index of the argument that is missing or surely wrong. */
  wrong: number | null;
}

function preferred(functions: ScriptFunction[]): ScriptFunction | null {
  return (
    functions.find((fn) => fn.signature === 'run()') ??
    functions.find((fn) => fn.name === 'run') ??
    functions[0] ??
    null
  );
}

/** Joins what the user chose with what there is to choose from. Choices that are gone fall back. */
export function resolveDeploy(
  project: number,
  draft: DeployDraft,
  networks: Network[],
  scripts: Script[],
): Choice {
  const network =
    networks.find((one) => one.name === draft.network) ??
    networks.find((one) => one.name === 'local') ??
    networks[0] ??
    null;
  const entries = scripts.flatMap((script) =>
    script.contracts.map((contract) => ({
      id: `${script.file}:${contract.name}`,
      file: script.file,
      contract: contract.name,
      alone: script.contracts.length === 1,
      functions: contract.functions,
    })),
  );
  const standard = scripts.find((script) => script.isDefault)?.file;
  const entry =
    entries.find((one) => one.id === draft.script) ??
    entries.find((one) => one.file === standard) ??
    entries[0] ??
    null;
  const fn =
    entry?.functions.find((one) => one.signature === draft.signature) ??
    preferred(entry?.functions ?? []);
  const argsKey = `${entry?.id} ${fn?.signature}`;
  const typed = draft.args?.[argsKey] ?? [];
  const args = (fn?.inputs ?? []).map(
    (input, index) => typed[index] ?? (input.type === 'bool' ? 'false' : ''),
  );

  const base = { network, entries, entry, fn, args, argsKey };
  const stop = (missing: string, wrong: number | null = null): Choice => ({
    ...base,
    ready: null,
    missing,
    wrong,
  });
  if (!network) return stop('There is no network to deploy to.');
  if (!entry || !fn) return stop('There is no deploy script to run.');
  for (const [index, { name, type }] of fn.inputs.entries()) {
    const value = args[index] ?? '';
    const called = name || `argument ${index + 1}`;
    if (type !== 'string' && !value.trim()) return stop(`Fill in ${called} (${type}).`, index);
    const problem = argumentProblem(type, value);
    if (problem) return stop(`Correct ${called}. ${problem}`, index);
  }
  if (network.kind === 'remote' && !draft.account?.trim()) {
    return stop('Name the Foundry keystore account that signs on this network.');
  }

  const remote = network.kind === 'remote';
  return {
    ...base,
    missing: null,
    wrong: null,
    ready: {
      project,
      network: network.name,
      script: entry.id,
      sig: fn.signature,
      args: args.length > 0 ? args : undefined,
      from: remote ? undefined : draft.from,
      account: remote ? draft.account?.trim() : undefined,
      passwordFile: (remote && draft.passwordFile?.trim()) || undefined,
      snapshot: remote ? undefined : draft.snapshot,
      priority: draft.priority,
      replaceWaiting: draft.replaceWaiting || undefined,
    },
  };
}
