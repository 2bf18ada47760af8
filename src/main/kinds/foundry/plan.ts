import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Command, Workspace } from '../../engines/engine.ts';
import { statOf } from '../../lib/fs-sync.ts';
import { filesToRun } from '../../lib/project-files.ts';
import { Mask } from '../../lib/secrets/mask.ts';
import { urlSecrets } from '../../lib/secrets/secret-url.ts';
import { AppError } from '../../shared/errors.ts';
import type { ContractsResult, Transaction } from '../../shared/result.ts';
import { checkArguments } from './arguments.ts';
import { Broadcast } from './broadcast.ts';
import { goingOn, type HowToRun, scriptCommand } from './command.ts';
import type { PrepareCompile } from './compile.ts';
import {
  environmentFor,
  type FoundryConfig,
  mustReadDotenv,
  profileVariable,
  readConfig,
} from './config.ts';
import { configWith } from './config-with-options.ts';
import type { DeployRequest, Plan } from './deploy-plan.ts';

import { importsAsForge } from './imports.ts';
import { passedOn } from './passed-on.ts';
import { phaseReader } from './phase-of.ts';
import { Questions } from './questions.ts';
import { namesUpgrade, type UseOfScript } from './script-use.ts';
import { secretValues } from './secret-values.ts';
import { warningOf } from './warning-of.ts';
import { writerFor } from './writer-for.ts';

/** Turns a request into one forge command. Starts no process, and takes a few ms when warm. */
export function planner(prepareCompile: PrepareCompile, scriptUse: UseOfScript) {
  return async (asked: DeployRequest, workspace: Workspace): Promise<Plan> => {
    const { folder, script, signature, target, profile, options = [], environment } = asked;
    const request = { ...asked, args: checkArguments(signature, asked.args).words };
    const since = Date.now();
    mustExist(folder, script.file);
    const files = filesToRun(folder);
    mustReadDotenv(files);
    const config = configWith(readConfig(files, environmentFor(profile)), options);
    const place = { ...placeOf(folder, config, script.file, signature), target, since };
    const broadcast = new Broadcast(place);
    broadcast.prepare(writerFor(folder, workspace));
    const compile = await prepareCompile({ folder, config, file: script.file, workspace }, since);
    const { unlocked } = target;
    const commandOf = (how: Partial<HowToRun>) =>
      scriptCommand(
        request,
        { ...compile.env, ...profileVariable(profile) },
        { sends: true, unlocked, ...how },
      );
    const { env, display } = commandOf({});
    const passed = passedOn(environment?.variables ?? {});
    const run = (how: Partial<HowToRun>): Command => ({
      ...{ program: 'forge', args: commandOf(how).args, cwd: folder },
      env: { ...passed.variables, ...env },
    });
    const use = target.isOwn
      ? await scriptUse(
          files,
          () => importsAsForge(files, config),
          path.resolve(folder, script.file),
        )
      : null;
    const upgrades = use?.upgrades || asked.args.some(namesUpgrade);
    const isRehearsed = use === null || use.forks || (upgrades && target.mayHoldProxies);
    let rehearsing = isRehearsed;
    const questions = new Questions(target.codeSizeLimit);
    let phaseOf = phaseReader();
    const secrets = [
      ...urlSecrets(target.rpcUrl),
      ...secretValues(files, config),
      ...(environment?.secrets ?? []),
    ];
    const mask = new Mask(secrets);
    return {
      rehearsal: isRehearsed ? run({ sends: false }) : null,
      async rehearsed() {
        rehearsing = false;
        phaseOf = phaseReader();
        const dryRun = new Broadcast({ ...place, dryRun: true });
        const result = withoutSecrets(await dryRun.outcome(), mask);
        return result && { result, calls: dryRun.planned() };
      },
      command: run({}),
      signing: run({ unlocked: false }),
      display: mask.apply(display),
      secrets,
      notes: [...compile.notes, ...passed.notes],
      phaseOf(line) {
        compile.heard(line);
        questions.heard(stripVTControlCharacters(line));
        const change = phaseOf(line);
        // Messages of a rehearsal about sending are about what would be sent.
        return rehearsing && change && change.begins !== 'simulate' ? undefined : change;
      },
      warningOf,
      progress: () => broadcast.progress()?.map(masked(mask)),
      outcome: async () => withoutSecrets(await broadcast.outcome(), mask),
      goOn: (stopped) =>
        questions.isYes ? { ...stopped, args: goingOn(stopped.args) } : undefined,
      ended: compile.ended,
    };
  };
}

export const placeOf = (
  folder: string,
  { broadcast, cache, out }: FoundryConfig,
  scriptFile: string,
  signature: string,
) => ({
  ...{ folder, broadcast, cache, out, scriptFile },
  functionName: signature.slice(0, signature.indexOf('(')),
});

/** A secret that the script passes to a contract is written in clear in the tool's record. */
const masked =
  (mask: Mask) =>
  (transaction: Transaction): Transaction => ({
    ...transaction,
    arguments: transaction.arguments.map(mask.apply),
  });

export const withoutSecrets = (
  result: ContractsResult | null,
  mask: Mask,
): ContractsResult | null =>
  result && { ...result, transactions: result.transactions.map(masked(mask)) };

function mustExist(folder: string, file: string): void {
  if (!statOf(folder)?.isDirectory()) {
    throw new AppError(
      'FOLDER_NOT_FOUND',
      `The folder ${folder} is gone. Put it back, or remove the project.`,
    );
  }
  if (!statOf(path.resolve(folder, file))?.isFile()) {
    throw new AppError(
      'SCRIPT_NOT_FOUND',
      `There is no script ${file} in ${folder} any more. Choose another one.`,
      { field: 'script' },
    );
  }
}
