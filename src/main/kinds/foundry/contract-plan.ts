import type { Command, Workspace } from '../../engines/engine.ts';
import { filesToRun } from '../../lib/project-files.ts';
import { shellLine } from '../../lib/shell-line.ts';
import { AppError } from '../../shared/errors.ts';
import type { ContractBuilds } from '../one-contract/creation-plan.ts';
import type { PrepareCompile } from './compile.ts';
import { environmentFor, mustReadDotenv, profileVariable, readConfig } from './config.ts';
import { configWith } from './config-with-options.ts';
import { forgeBuilds } from './forge-builds.ts';
import { secretValues } from './secret-values.ts';

/** A compile for one contract. */
export interface ContractCompile {
  folder: string;
  /** Relative to the project. */
  file: string;
  profile?: string;
  /** As `checkedOptions` returns them, those that compile alone; absent: none. */
  options?: string[];
}

/** One command that compiles, and what it leaves. */
export interface ContractPlan {
  command: Command;
  /** The command as a person would type it. */
  display: string;
  /** Values to mask in every line of output. */
  secrets: string[];
  /** Lines for the log before it starts. */
  notes: string[];
  /** Call with every line of output, in order. */
  heard(line: string): void;
  /** Call once the run's end is recorded. */
  ended(): void;
  builds: ContractBuilds;
}

/** Turns a request into a compile of a file and what it imports. Starts no process. */
export function contractPlanner(prepareCompile: PrepareCompile) {
  return async (
    { folder, file, profile, options = [] }: ContractCompile,
    workspace: Workspace,
  ): Promise<ContractPlan> => {
    const since = Date.now();
    const files = filesToRun(folder);
    if (!files.stat(file)?.isFile()) throw isGone(file, folder);
    mustReadDotenv(files);
    const config = configWith(readConfig(files, environmentFor(profile)), options);
    const compile = await prepareCompile({ folder, config, file, workspace }, since);
    const args = ['build', file, ...options];
    const variables = profileVariable(profile);
    return {
      command: {
        ...{ program: 'forge', args: [...args, '--color', 'always'], cwd: folder },
        env: { ...compile.env, ...variables },
      },
      display: shellLine(variables, ['forge', ...args]),
      secrets: secretValues(files, config),
      notes: compile.notes,
      heard: compile.heard,
      ended: compile.ended,
      builds: forgeBuilds(files, config.out),
    };
  };
}

const isGone = (file: string, folder: string): AppError =>
  new AppError(
    'SCRIPT_NOT_FOUND',
    `There is no file ${file} in ${folder} any more. Choose another contract.`,
    { field: 'script' },
  );
