import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Workspace } from '../../engines/engine.ts';
import { AppError } from '../../kit/errors.ts';
import { masker } from '../../kit/mask.ts';
import type { DeployRequest, Outcome, Plan, Toolchain } from '../toolchain.ts';
import { checkArguments } from './arguments.ts';
import { Broadcast } from './broadcast.ts';
import { scriptCommand } from './command.ts';
import type { CompilerStore } from './compilers.ts';
import { readConfig } from './config.ts';
import { phaseReader } from './phase-of.ts';
import { secretValues } from './secret-values.ts';

/** Turns a request into one forge command. Starts no process, and is done in a few ms when warm. */
export function planner(compilers: CompilerStore) {
  return async (asked: DeployRequest, workspace: Workspace): Promise<Plan> => {
    const { folder, script, signature, target } = asked;
    const request = { ...asked, args: checkArguments(signature, asked.args).words };
    const since = Date.now();
    await mustExist(folder, script.file);
    const [config, variables] = await Promise.all([readConfig(folder), secretValues(folder)]);
    const broadcast = new Broadcast({
      folder,
      broadcast: config.broadcast,
      out: config.out,
      scriptFile: script.file,
      functionName: signature.slice(0, signature.indexOf('(')),
      chainId: target.chainId,
      since,
    });
    const [compiler] = await Promise.all([
      compilers.choose({ folder, config, file: script.file, workspace }),
      broadcast.prepare(),
    ]);
    const { args, env, display } = scriptCommand(request, compiler.env);
    const secrets = [...(target.secretUrl ? [target.rpcUrl] : []), ...variables];
    return {
      command: { program: 'forge', args, env, cwd: folder },
      display: masker(secrets)(display),
      secrets,
      notes: compiler.notes,
      phaseOf: phaseReader(),
      progress: () => broadcast.progress(),
      progressFolder: broadcast.folder,
      outcome: () => broadcast.outcome(),
    };
  };
}

/** `Toolchain.leftBehind`. */
export async function leftBehind(
  run: Parameters<Toolchain['leftBehind']>[0],
): Promise<Outcome | null> {
  const config = await readConfig(run.folder);
  return new Broadcast({
    folder: run.folder,
    broadcast: config.broadcast,
    out: config.out,
    scriptFile: run.script.file,
    functionName: run.signature.slice(0, run.signature.indexOf('(')),
    chainId: run.chainId,
    since: run.since,
  }).outcome();
}

async function mustExist(folder: string, file: string): Promise<void> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new AppError(
      'FOLDER_NOT_FOUND',
      `The folder ${folder} is gone. Put it back, or remove the project.`,
    );
  }
  if (!(await stat(path.resolve(folder, file)).catch(() => undefined))?.isFile()) {
    throw new AppError(
      'SCRIPT_NOT_FOUND',
      `There is no script ${file} in ${folder} any more. Choose another one.`,
      { field: 'script' },
    );
  }
}
