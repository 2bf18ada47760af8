import type { z } from 'zod';
import { inputError } from '../../lib/input-error.ts';
import { filesToRun, projectFiles } from '../../lib/project-files.ts';
import { AppError } from '../../shared/errors.ts';
import type { NormalizeOptions } from '../kind.ts';
import { checkedOptions } from '../tool-options.ts';
import { checkArguments } from './arguments.ts';
import { chooseScript, wantedScript } from './choose-script.ts';
import { profilesIn } from './config.ts';
import { forgeOptions } from './forge-options.ts';
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
  mustHaveProfile(folder, given.profile, trusted);
  const options = checkedOptions(forgeOptions, given.options ?? []);
  const { script, sig: signature } = await namedScript(scripts, given, folder, { trusted });
  const { options: _, ...others } = given;
  const args = given.args ?? [];
  if (!given.argsAreNoSecret) await refuseSecretArguments(signature, args);
  checkArguments(signature, args);
  return {
    ...others,
    script,
    sig: signature,
    args,
    ...(options.length > 0 ? { options } : {}),
    snapshot: given.snapshot ?? defaults?.snapshot !== false,
  };
}

/** See `Kind.named`. */
export async function namedScript(
  scripts: (folder: string, options: ScriptsOptions) => Promise<Script[]>,
  { script, sig, profile }: Pick<z.infer<typeof foundryInput>, 'script' | 'sig' | 'profile'>,
  folder: string,
  { trusted }: NormalizeOptions = {},
): Promise<{ script: string; sig: string }> {
  const wanted = wantedScript(folder, script);
  const all = await scripts(folder, { trusted, profile, also: wanted.file });
  const { file, contract, signature } = chooseScript(all, wanted, sig);
  return { script: `${file}:${contract}`, sig: signature };
}

function mustHaveProfile(folder: string, profile: string | undefined, trusted = false): void {
  if (profile === undefined) return;
  const there = profilesIn(trusted ? filesToRun(folder) : projectFiles(folder));
  if (there.includes(profile)) return;
  throw new AppError(
    'BAD_ARGUMENT',
    `foundry.toml has no profile ${profile.slice(0, 80)}. It has: ${there.slice(0, 20).join(', ')}.`,
    { field: 'profile' },
  );
}

/** The file of a script, and the contract in it. */
export function scriptOf({ script }: Pick<FoundryRequest, 'script'>): {
  file: string;
  contract: string;
} {
  const [file = '', contract = ''] = script.split(/:(?=[^:]+$)/);
  return { file, contract };
}
