import path from 'node:path';
import { isWithin } from '../../lib/path-within.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { Call, Choices, Entry } from '../../shared/kind.ts';
import type { DeclaredContracts } from '../../solidity/declared-contracts.ts';
import { contractEntries } from '../one-contract/contract-entries.ts';
import { readConfigs } from './config.ts';
import type { Script, ScriptContract, ScriptFunction, ScriptsOptions } from './script-list.ts';

/**
 * The scripts of a project as entries, with the functions of each contract as calls, then the
 * contracts that can be deployed by themselves, and its profiles where there are several.
 */
export const choicesOf = (
  scripts: readonly Script[],
  contracts: DeclaredContracts,
  profiles: readonly string[],
): Choices => {
  const listed = scripts.flatMap(entriesOf);
  const met = new Set(listed.map(({ value }) => value));
  return {
    entries: [...listed, ...contractEntries(contracts).filter(({ value }) => !met.has(value))],
    ...(profiles.length > 1 && { offered: { profile: [...profiles] } }),
  };
};

/** Those of the usual profile, and what the script folders of others hold. */
export async function scriptsOfAll(
  read: (folder: string, options: ScriptsOptions) => Promise<Script[]>,
  files: ProjectFiles,
  options: ScriptsOptions,
): Promise<Script[]> {
  const { folder } = files;
  const scripts = [...(await read(folder, options))];
  const met = new Set<string>();
  for (const { profile, config } of readConfigs(files)) {
    const place = path.resolve(folder, config.script);
    if (met.has(place)) continue;
    met.add(place);
    if (profile === undefined) continue;
    const found = await read(folder, { ...options, profile });
    const known = new Set(scripts.map(({ file }) => file));
    // Where there is no such folder, they were looked for everywhere.
    const isNew = ({ file }: Script) =>
      !known.has(file) && isWithin(path.resolve(folder, file), place);
    scripts.push(...found.filter(isNew).map((one) => ({ ...one, isDefault: false })));
  }
  return scripts;
}

function entriesOf({ file, contracts, leftOut = [], isDefault, problem }: Script): Entry[] {
  const offered = contracts.map((one) => ({
    ...entryOf(file, one),
    // Of several contracts in the standard file, the user has to choose one.
    isDefault: isDefault && contracts.length === 1,
  }));
  const others = leftOut.map((one) => ({ ...entryOf(file, one), leftOut: one.why }));
  const unread: Entry[] =
    problem === undefined
      ? []
      : [{ value: file, label: file, group: file, isDefault: false, calls: [], problem }];
  return [...offered, ...others, ...unread];
}

function entryOf(file: string, { name, functions, note }: ScriptContract): Entry {
  const standard = begun(functions);
  return {
    value: `${file}:${name}`,
    label: name,
    group: file,
    isDefault: false,
    calls: functions.map((one) => ({ ...callOf(one), isDefault: one === standard })),
    ...(note !== undefined && { note }),
  };
}

/** What `chooseScript` selects when no function is named. */
const begun = (functions: readonly ScriptFunction[]): ScriptFunction | undefined =>
  functions.find(({ signature }) => signature === 'run()') ??
  (functions.length === 1 ? functions[0] : undefined);

const callOf = ({ name, signature, inputs }: ScriptFunction): Omit<Call, 'isDefault'> => ({
  value: signature,
  label: name,
  parameters: inputs,
});
