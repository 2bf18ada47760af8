import type { z } from 'zod';
import { environmentOf } from '../../lib/environment.ts';
import { inputError } from '../../lib/input-error.ts';
import { filesToRun, projectFiles } from '../../lib/project-files.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import type { DeclaredContract } from '../../solidity/declared-contracts.ts';
import type { NormalizeOptions } from '../kind.ts';
import {
  chooseContract,
  isBareName,
  type WantedContract,
} from '../one-contract/choose-contract.ts';
import {
  type Construction,
  checkedConstruction,
  constructorCall,
  isConstructor,
} from '../one-contract/constructor-call.ts';
import { nameOf } from '../one-contract/contract-entries.ts';
import { checkedOptions, optionsThat } from '../tool-options.ts';
import { checkArguments, namedArguments } from './arguments.ts';
import {
  type ChosenScript,
  chooseScript,
  type WantedScript,
  wantedScript,
} from './choose-script.ts';
import { profilesIn } from './config.ts';
import type { Forge } from './forge.ts';
import { forgeOptions } from './forge-options.ts';
import { type FoundryRequest, foundryInput } from './input.ts';
import type { Script } from './script-list.ts';
import { refuseSecretArguments } from './secret-arguments.ts';

/** The input of a run, whole. */
export interface FoundryRun extends FoundryRequest {
  snapshot: boolean;
}

/** Where entries of a project are found. */
type Entries = Pick<Forge, 'scripts' | 'contracts'>;

type Asked = Pick<z.infer<typeof foundryInput>, 'script' | 'sig' | 'profile'>;

/** See `Kind.normalize`. */
export async function normalize(
  entries: Entries,
  asked: unknown,
  folder: string,
  { trusted, defaults, addressOf }: NormalizeOptions = {},
): Promise<FoundryRun> {
  const { data: given, error } = foundryInput.safeParse(asked);
  if (error) throw inputError(error);
  mustHaveProfile(folder, given.profile, trusted);
  const options = checkedOptions(forgeOptions, given.options ?? []);
  const chosen = await chosenEntry(entries, given, folder, { trusted });
  const { script, sig } = named(chosen);
  if (!given.argsAreNoSecret) await refuseSecretArguments(sig, given.args ?? []);
  const { options: _, env: __, value, libraries, ...others } = given;
  const env = environmentOf(given.env);
  return {
    ...others,
    ...{ script, sig },
    ...('contract' in chosen
      ? construction(chosen.contract, given, options, addressOf)
      : call(chosen.script, { args: given.args, value, libraries }, addressOf)),
    ...(env.length > 0 ? { env } : {}),
    ...(options.length > 0 ? { options } : {}),
    snapshot: given.snapshot ?? defaults?.snapshot !== false,
  };
}

function construction(
  contract: DeclaredContract,
  { account, allowChains, ...given }: z.infer<typeof foundryInput>,
  options: string[],
  addressOf: AddressOf | undefined,
) {
  const other = options.find((one) => !optionsThat(forgeOptions, [one], ofCompile).includes(one));
  if (other) {
    throw wrong(
      'options',
      `${other.split('=')[0]} is for scripts, and ${contract.name} is deployed without one. Leave it out.`,
    );
  }
  if (account !== undefined) {
    throw wrong(
      'account',
      `A keystore signs for scripts alone, and ${contract.name} is deployed without one. Leave it out, or deploy with a script.`,
    );
  }
  if (given.env?.length) {
    throw wrong(
      'env',
      `Variables are for scripts, and ${contract.name} is deployed without one. Leave them out.`,
    );
  }
  if (allowChains?.length) {
    throw wrong(
      'allowChains',
      `${contract.name} is deployed to one network. Leave the other chains out.`,
    );
  }
  return checkedConstruction(contract, given, addressOf);
}

const ofCompile = ({ compiles }: { compiles?: boolean }) => compiles;

function call(
  { signature, inputs = [] }: ChosenScript,
  { args = [], value, libraries }: Partial<Construction>,
  addressOf: AddressOf | undefined,
) {
  for (const [field, given] of Object.entries({ value, libraries })) {
    if (given?.length) {
      throw wrong(
        field,
        `A script is given no ${field}: that is for contracts that are deployed without one. Leave it out.`,
      );
    }
  }
  const read = namedArguments(signature, inputs, args, addressOf);
  // Forge can't be handed all that can be read.
  checkArguments(signature, read);
  return { args: read };
}

/** A function of a script, or a contract that is deployed by itself. */
type ChosenEntry = { script: ChosenScript } | { contract: DeclaredContract };

const named = (chosen: ChosenEntry): { script: string; sig: string } =>
  'contract' in chosen
    ? { script: nameOf(chosen.contract), sig: constructorCall(chosen.contract) }
    : {
        script: `${chosen.script.file}:${chosen.script.contract}`,
        sig: chosen.script.signature,
      };

/** See `Kind.named`. */
export const namedEntry = async (
  entries: Entries,
  asked: Asked,
  folder: string,
  { trusted }: NormalizeOptions = {},
): Promise<{ script: string; sig: string }> =>
  named(await chosenEntry(entries, asked, folder, { trusted }));

async function chosenEntry(
  { scripts, contracts }: Entries,
  { script, sig, profile }: Asked,
  folder: string,
  { trusted }: Pick<NormalizeOptions, 'trusted'>,
): Promise<ChosenEntry> {
  const files = trusted ? filesToRun(folder) : projectFiles(folder);
  const contractOf = async (wanted: WantedContract) => ({
    contract: await chooseContract(wanted, contracts(files, { trusted, profile })),
  });
  if (script !== undefined && isBareName(script)) return contractOf({ name: script });
  const wanted = wantedScript(folder, script);
  const asContract = { file: wanted.file, name: wanted.contract };
  if (isConstructor(sig)) return contractOf(asContract);
  const all = await scripts(folder, { trusted, profile, also: wanted.file });
  if (sig === undefined && !isScript(all, wanted)) {
    try {
      return await contractOf(asContract);
    } catch (error) {
      // What is named like a script is missed as one.
      const isNamedSo = wanted.file === undefined || /\.s\.sol$/.test(wanted.file);
      if (!isNamedSo || !isNotFound(error)) throw error;
    }
  }
  return { script: chooseScript(all, wanted, sig) };
}

/**
 * Whether what is wanted runs; without a file, whether anything does. What can't be read counts as a
 * script where scripts are, and as a contract elsewhere.
 */
function isScript(all: readonly Script[], { file, contract }: WantedScript): boolean {
  const offered = all.filter((one) => file === undefined || isFile(one, file));
  return offered.some(
    ({ contracts, problem, isElsewhere }) =>
      (problem !== undefined && !isElsewhere) ||
      contracts.some(({ name }) => contract === undefined || name === contract),
  );
}

const isFile = (script: Script, file: string): boolean =>
  script.file === file || script.file.endsWith(`/${file}`) || script.file === '.';

const isNotFound = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'SCRIPT_NOT_FOUND';

const wrong = (field: string, message: string) => new AppError('BAD_ARGUMENT', message, { field });

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
