import type { z } from 'zod';
import { inputError } from '../../lib/input-error.ts';
import type { NormalizeOptions } from '../kind.ts';
import { checkArguments } from './arguments.ts';
import { chooseScript, wantedScript } from './choose-script.ts';
import { type FoundryRequest, foundryInput } from './input.ts';
import type { Script, ScriptsOptions } from './script-list.ts';
import { refuseSecretArguments } from './secret-arguments.ts';

/** The input of a run, whole. */
export interface FoundryRun extends FoundryRequest {
  snapshot: boolean;
}

/** See `Kind.normalize`. */
export async function normalize(
  scripts: (folder: string, options: ScriptsOptions) => Promise<Script[]>,
  asked: unknown,
  folder: string,
  { trusted, defaults }: NormalizeOptions = {},
): Promise<FoundryRun> {
  const { data: given, error } = foundryInput.safeParse(asked);
  if (error) throw inputError(error);
  const { script, sig: signature } = await namedScript(scripts, given, folder, { trusted });
  const args = given.args ?? [];
  if (!given.argsAreNoSecret) await refuseSecretArguments(signature, args);
  checkArguments(signature, args);
  return {
    ...given,
    script,
    sig: signature,
    args,
    snapshot: given.snapshot ?? defaults?.snapshot !== false,
  };
}

/** See `Kind.named`. */
export async function namedScript(
  scripts: (folder: string, options: ScriptsOptions) => Promise<Script[]>,
  { script, sig }: Pick<z.infer<typeof foundryInput>, 'script' | 'sig'>,
  folder: string,
  { trusted }: NormalizeOptions = {},
): Promise<{ script: string; sig: string }> {
  const wanted = wantedScript(folder, script);
  const all = await scripts(folder, { trusted, also: wanted.file });
  const { file, contract, signature } = chooseScript(all, wanted, sig);
  return { script: `${file}:${contract}`, sig: signature };
}

/** The file of a script, and the contract in it. */
export function scriptOf({ script }: Pick<FoundryRequest, 'script'>): {
  file: string;
  contract: string;
} {
  const [file = '', contract = ''] = script.split(/:(?=[^:]+$)/);
  return { file, contract };
}
