import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { ReadContracts } from '../../solidity/contract-reader.ts';
import type { ContractPlace } from '../one-contract/choose-contract.ts';
import { environmentFor, type FoundryConfig, readConfig } from './config.ts';
import { importRules } from './imports.ts';
import { findScriptFiles } from './script-files.ts';

export interface ContractsOptions {
  /** The folder's code may run: links out of it are followed. */
  trusted?: boolean;
  /** Of foundry.toml; absent: as the environment says. */
  profile?: string;
}

/** Throws NOT_A_PROJECT when the configuration can't be read. */
export function contractPlace(
  read: ReadContracts,
  files: ProjectFiles,
  { trusted = false, profile }: ContractsOptions,
): ContractPlace {
  const config = readConfig(files, environmentFor(profile));
  const { folder } = files;
  const ask = (sources: readonly string[], named: boolean) =>
    read({ folder, trusted, sources, named, imports: importRules(files, config) });
  return {
    all: () => ask(ownSources(files, config), false),
    named: (file) => ask([file], true),
    exists: (file) => files.stat(file)?.isFile() ?? false,
  };
}

/** The project's contracts without its tests and scripts, relative to it. */
function ownSources(files: ProjectFiles, config: FoundryConfig): string[] {
  const isRoot = path.resolve(files.folder, config.src) === path.resolve(files.folder);
  const others = isRoot ? [...config.libs, config.out, config.cache, config.script] : [];
  return findScriptFiles(files, config.src, ['test', 'tests', ...others]).filter(
    (file) => !/\.[st]\.sol$/.test(file),
  );
}
