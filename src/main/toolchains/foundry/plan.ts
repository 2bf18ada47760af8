import path from 'node:path';
import type { Workspace } from '../../engines/engine.ts';
import { AppError } from '../../kit/errors.ts';
import { look } from '../../kit/look.ts';
import { masker } from '../../kit/mask.ts';
import type { DeployRequest, Outcome, Plan, Toolchain } from '../toolchain.ts';
import { checkArguments } from './arguments.ts';
import { Broadcast } from './broadcast.ts';
import { scriptCommand } from './command.ts';
import type { PrepareCompile } from './compile.ts';
import { readConfig } from './config.ts';
import { phaseReader } from './phase-of.ts';
import { secretValues } from './secret-values.ts';
import { warningOf } from './warning-of.ts';

/** Turns a request into one forge command. Starts no process, and is done in a few ms when warm. */
export function planner(prepareCompile: PrepareCompile) {
  return async (asked: DeployRequest, workspace: Workspace): Promise<Plan> => {
    const { folder, script, signature, target } = asked;
    const request = { ...asked, args: checkArguments(signature, asked.args).words };
    const since = Date.now();
    mustExist(folder, script.file);
    const config = readConfig(folder);
    const variables = secretValues(folder);
    const broadcast = new Broadcast({
      folder,
      broadcast: config.broadcast,
      out: config.out,
      scriptFile: script.file,
      functionName: signature.slice(0, signature.indexOf('(')),
      chainId: target.chainId,
      since,
    });
    const [compile] = await Promise.all([
      prepareCompile({ folder, config, file: script.file, workspace }, since),
      broadcast.prepare(),
    ]);
    const { args, env, display } = scriptCommand(request, compile.env);
    const phaseOf = phaseReader();
    const secrets = [...(target.secretUrl ? [target.rpcUrl] : []), ...variables];
    return {
      command: { program: 'forge', args, env, cwd: folder },
      display: masker(secrets)(display),
      secrets,
      notes: compile.notes,
      phaseOf(line) {
        compile.heard(line);
        return phaseOf(line);
      },
      warningOf,
      progress: () => broadcast.progress(),
      outcome: () => broadcast.outcome(),
      ended: compile.ended,
    };
  };
}

/** `Toolchain.leftBehind`. */
export async function leftBehind(
  run: Parameters<Toolchain['leftBehind']>[0],
): Promise<Outcome | 'unreadable' | null> {
  const config = readConfig(run.folder);
  const broadcast = new Broadcast({
    folder: run.folder,
    broadcast: config.broadcast,
    out: config.out,
    scriptFile: run.script.file,
    functionName: run.signature.slice(0, run.signature.indexOf('(')),
    chainId: run.chainId,
    since: run.since,
  });
  return (await broadcast.outcome()) ?? (broadcast.isHalf() ? 'unreadable' : null);
}

function mustExist(folder: string, file: string): void {
  if (!look(folder)?.isDirectory()) {
    throw new AppError(
      'FOLDER_NOT_FOUND',
      `The folder ${folder} is gone. Put it back, or remove the project.`,
    );
  }
  if (!look(path.resolve(folder, file))?.isFile()) {
    throw new AppError(
      'SCRIPT_NOT_FOUND',
      `There is no script ${file} in ${folder} any more. Choose another one.`,
      { field: 'script' },
    );
  }
}
