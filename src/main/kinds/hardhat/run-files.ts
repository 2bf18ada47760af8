import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Command } from '../../engines/engine.ts';
import { resource } from '../../lib/app-root.ts';
import { despiteLocks } from '../../lib/despite-locks.ts';
import { outsideArchive } from '../../lib/shipped-node.ts';
import { ignitionParameters } from './ignition-parameters.ts';
import type { HardhatRun } from './input.ts';

/** What a command of a run needs of Drydock. It goes when this is disposed of. */
export interface RunFiles extends AsyncDisposable {
  /** Directs a network of the configuration, as Node finds it. */
  preload: string;
  /** A JSON file with the parameters of Ignition's modules, which it reads from a file alone. */
  parameters: string | undefined;
  /** The command, so that it finds them. */
  given(command: Command): Command;
}

/** Of a run on this machine. */
export async function filesHere(run: HardhatRun): Promise<RunFiles> {
  const preload = outsideArchive(resource('hardhat', 'preload.cjs')).replaceAll('\\', '/');
  const given = (command: Command) => command;
  const text = parametersOf(run);
  if (text === undefined) {
    return { preload, parameters: undefined, given, [Symbol.asyncDispose]: async () => undefined };
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'drydock-ignition-'));
  const parameters = path.join(folder, 'parameters.json');
  await writeFile(parameters, text, { mode: 0o600 });
  return {
    ...{ preload, parameters, given },
    [Symbol.asyncDispose]: () => despiteLocks(() => rm(folder, { recursive: true, force: true })),
  };
}

/**
 * Of a run in a container: the command itself brings them there, and takes them away.
 *
 * @param deployment its id
 */
export function filesInContainer(run: HardhatRun, deployment: number): RunFiles {
  const folder = `/tmp/drydock-${deployment}`;
  const text = parametersOf(run);
  return {
    preload: `${folder}/preload.cjs`,
    parameters: text === undefined ? undefined : `${folder}/parameters.json`,
    given: ({ program, args, env, ...command }) => ({
      ...command,
      program: 'sh',
      args: ['-c', textOf('in-container.sh'), 'drydock', folder, program, ...args],
      env: {
        ...env,
        DRYDOCK_PRELOAD: textOf('preload.cjs'),
        ...(text === undefined ? {} : { DRYDOCK_PARAMETERS: text }),
      },
    }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

const parametersOf = ({ way, params }: HardhatRun): string | undefined =>
  way === 'ignition' && params.length > 0 ? JSON.stringify(ignitionParameters(params)) : undefined;

/** A checkout may have given it the line ends of Windows, which a shell takes for text. */
const textOf = (name: string): string =>
  readFileSync(resource('hardhat', name), 'utf8').replaceAll('\r\n', '\n');
