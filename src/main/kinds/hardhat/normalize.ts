import path from 'node:path';
import { environmentOf } from '../../lib/environment.ts';
import { inputError } from '../../lib/input-error.ts';
import { filesToRun, type ProjectFiles, projectFiles } from '../../lib/project-files.ts';
import { AppError } from '../../shared/errors.ts';
import type { Entry } from '../../shared/kind.ts';
import type { ReadContracts } from '../../solidity/contract-reader.ts';
import type { DeclaredContract } from '../../solidity/declared-contracts.ts';
import type { NormalizeOptions } from '../kind.ts';
import {
  chooseContract,
  isBareName,
  type WantedContract,
  wantedContract,
} from '../one-contract/choose-contract.ts';
import { checkedConstruction } from '../one-contract/constructor-call.ts';
import { nameOf } from '../one-contract/contract-entries.ts';
import { unreadSource } from '../one-contract/unread-source.ts';
import { checkedOptions } from '../tool-options.ts';
import { buildProfiles } from './build-profiles.ts';
import { choicesOf } from './choices.ts';
import { contractPlace } from './contract-place.ts';
import { hardhatOptions } from './hardhat-options.ts';
import { hardhatVersion } from './hardhat-version.ts';
import { ignitionParameters } from './ignition-parameters.ts';
import { ALL_SCRIPTS, type HardhatRun, type HardhatWay, hardhatInput } from './input.ts';
import { modulesFolder, pathsOf } from './project-paths.ts';
import { sourceReader } from './source-reader.ts';

/** It can lead nowhere else. */
const IN_MEMORY = 'hardhat';

/** See `Kind.normalize`. */
export async function normalize(
  read: ReadContracts,
  asked: unknown,
  folder: string,
  { trusted = false, defaults, addressOf }: NormalizeOptions = {},
): Promise<HardhatRun> {
  const { data: given, error } = hardhatInput.safeParse(asked ?? {});
  if (error) throw inputError(error);
  const files = trusted ? filesToRun(folder) : projectFiles(folder);
  const { script, contract } = await chosenEntry(read, given.script, files, trusted);
  const way = contract
    ? 'contract'
    : wayOf(script, modulesFolder(pathsOf(files, sourceReader(files))));
  const params = given.params ?? [];
  const tags = given.tags ?? [];
  if (way !== 'ignition' && params.length > 0) {
    throw wrong(
      'params',
      `${script} is no Ignition module, and takes no parameters. Leave them out.`,
    );
  }
  if (way !== 'hardhat-deploy' && tags.length > 0) {
    throw wrong(
      'tags',
      `Tags choose among the scripts of hardhat-deploy. Leave them out, or deploy "${ALL_SCRIPTS}".`,
    );
  }
  ignitionParameters(params);
  const construction = contract ? checkedConstruction(contract, given, addressOf) : undefined;
  if (!contract) refuseConstruction(script, given);
  const { major } = hardhatVersion(files);
  if (given.profile !== undefined) mustHaveProfile(files, given.profile, major);
  const options = checkedOptions(hardhatOptions(major, way), given.options ?? []);
  if (given.network === IN_MEMORY && major === 2) {
    throw wrong(
      'network',
      `The network ${IN_MEMORY} of Hardhat 2 is gone when the run ends. Choose another name, or leave it out.`,
    );
  }
  return {
    ...{ script, way, params, tags },
    ...construction,
    env: environmentOf(given.env),
    ...(given.profile === undefined ? {} : { profile: given.profile }),
    ...(options.length === 0 ? {} : { options }),
    ...(given.from === undefined ? {} : { from: given.from }),
    ...(given.key === undefined ? {} : { key: given.key }),
    ...(given.allowUnsafeUpgrade ? { allowUnsafeUpgrade: true } : {}),
    ...(given.network === undefined ? {} : { network: given.network }),
    snapshot: given.snapshot ?? defaults?.snapshot !== false,
  };
}

function mustHaveProfile(files: ProjectFiles, profile: string, major: number | undefined): void {
  if (major === 2) {
    throw wrong(
      'profile',
      'Hardhat 2 has no build profiles; they came with Hardhat 3. Leave it out, or set up the compiler in hardhat.config.',
    );
  }
  const { names, mayBeMore } = buildProfiles(files);
  if (mayBeMore || names.includes(profile)) return;
  throw wrong(
    'profile',
    `hardhat.config has no build profile ${profile}. There are: ${names.join(', ')}.`,
  );
}

/** See `Kind.named`. */
export async function named(
  read: ReadContracts,
  asked: Record<string, unknown>,
  folder: string,
  { trusted = false }: NormalizeOptions = {},
): Promise<Record<string, unknown>> {
  if (typeof asked.script !== 'string') return asked;
  const files = trusted ? filesToRun(folder) : projectFiles(folder);
  if (!isContract(asked.script)) return { ...asked, script: within(folder, asked.script) };
  const { script } = await chosenEntry(read, asked.script, files, trusted);
  return { ...asked, script };
}

interface ChosenEntry {
  script: string;
  /** Of a contract that is deployed by itself. */
  contract?: DeclaredContract;
}

/** What is named, the usual entry, or the only contract of a project that has no other entry. */
async function chosenEntry(
  read: ReadContracts,
  typed: string | undefined,
  files: ProjectFiles,
  trusted: boolean,
): Promise<ChosenEntry> {
  const contractOf = async (wanted: WantedContract): Promise<ChosenEntry> => {
    const contract = await chooseContract(wanted, contractPlace(read, files, trusted));
    return { script: nameOf(contract), contract };
  };
  if (typed !== undefined && isContract(typed)) {
    const { file, name } = wantedContract(typed);
    return contractOf({
      name,
      ...(file === undefined ? {} : { file: within(files.folder, file) }),
    });
  }
  const file = typed === undefined ? undefined : within(files.folder, typed);
  const { entries } = choicesOf(files, file);
  if (file === undefined && entries.every((one) => one.leftOut !== undefined)) {
    const declared = await contractPlace(read, files, trusted).all();
    if (declared.contracts.length + declared.unread.length > 0) return contractOf({});
  }
  return { script: chosen(entries, file).value };
}

/** Sources of contracts have an ending of their own, and no script has a name alone. */
const isContract = (typed: string): boolean =>
  /\.sol(:|$)/.test(typed) || (typed !== ALL_SCRIPTS && isBareName(typed));

function refuseConstruction(
  script: string,
  { args, value, libraries }: Pick<HardhatRun, 'args' | 'value' | 'libraries'>,
): void {
  for (const [field, given] of Object.entries({ args, value, libraries })) {
    if (!given?.length) continue;
    throw wrong(
      field,
      `${script} is no contract that is deployed by itself, and takes no ${field}. Leave it out.`,
    );
  }
}

function within(folder: string, typed: string): string {
  const name = typed.replaceAll('\\', '/');
  const file = path.relative(folder, path.resolve(folder, name)).split(path.sep).join('/');
  if (file.split('/')[0] !== '..' && !path.isAbsolute(file)) return file;
  throw new AppError(
    'SCRIPT_NOT_FOUND',
    `${name} lies outside of ${folder}. Name a module or script in the project's folder.`,
    { field: 'script' },
  );
}

function chosen(entries: readonly Entry[], named: string | undefined): Entry {
  const offered = entries.filter((one) => one.leftOut === undefined);
  const names = offered.map(({ value }) => value).join(', ');
  if (named !== undefined) {
    const found = entries.find(({ value }) => value === named);
    if (found) return readable(found);
    throw new AppError(
      'SCRIPT_NOT_FOUND',
      names === ''
        ? `There is no ${named}. Name a module below ignition/modules, or a script.`
        : `There is no ${named}. Choose one of: ${names}.`,
      { field: 'script' },
    );
  }
  const standard = entries.find(({ isDefault }) => isDefault);
  if (standard) return readable(standard);
  throw offered.length === 0
    ? new AppError(
        'SCRIPT_NOT_FOUND',
        'The project has nothing to deploy: no Ignition module, no deploy script and no script. Write one, e.g. ignition/modules/Deploy.ts.',
        { field: 'script' },
      )
    : new AppError('SCRIPT_AMBIGUOUS', `Choose what to deploy: one of ${names}.`, {
        field: 'script',
      });
}

function readable(entry: Entry): Entry {
  const { value: file, problem } = entry;
  if (problem !== undefined) throw unreadSource([{ file, problem }]);
  return entry;
}

function wayOf(script: string, modules: string): HardhatWay {
  if (script === ALL_SCRIPTS) return 'hardhat-deploy';
  return script.startsWith(`${modules}/`) ? 'ignition' : 'script';
}

const wrong = (field: string, message: string) => new AppError('BAD_ARGUMENT', message, { field });
