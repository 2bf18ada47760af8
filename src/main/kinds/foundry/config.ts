import path from 'node:path';
import { parseEnv } from 'node:util';
import { parse, TomlError } from 'smol-toml';
import { type ProjectFiles, type Refusal, RefusedFile } from '../../lib/project-files.ts';
import { sha256 } from '../../lib/sha256.ts';
import { AppError } from '../../shared/errors.ts';

/** The part of a `foundry.toml` that Drydock needs; folders are relative to the project. */
export interface FoundryConfig {
  src: string;
  script: string;
  out: string;
  libs: string[];
  broadcast: string;
  cache: string;
  /** Exact version, or a path to a compiler. */
  solc: string | undefined;
  offline: boolean;
  /** Scripts may start programs. */
  ffi: boolean;
  /** Names in `[dependencies]`, which soldeer installs. */
  dependencies: string[];
  /** `context:prefix=target`, from foundry.toml and remappings.txt, in that order. */
  remappings: string[];
  /** Every text of foundry.toml with the name of its setting, such as those of RPC endpoints. */
  texts: () => [name: string, text: string][];
  /** Changes with everything that it was read from, including settings that aren't listed here. */
  fingerprint: string;
}

type Table = Record<string, unknown>;

/**
 * The most bytes that are parsed: the worst text of that size takes about 30 ms; time grows
 * quadratically.
 */
const MOST_PARSED = 64_000;

/**
 * Reads the configuration as forge would: the profile of FOUNDRY_PROFILE over `default`, and
 * FOUNDRY_* variables, including those of the project's `.env`, over both
 * (https://getfoundry.sh/config/reference/overview). Settings that Drydock doesn't need may have
 * any type. Throws NOT_A_PROJECT with the position of the mistake.
 *
 * Synchronous, because deployments wait for it: a small file takes some microseconds, and
 * asynchronously several turns of the event loop.
 */
export function readConfig(
  files: ProjectFiles,
  outer: NodeJS.ProcessEnv = process.env,
): FoundryConfig {
  return configOf(readSources(files), files, outer);
}

/** What a configuration is made from, whatever its profile. */
interface Sources {
  toml: Table;
  remappingsFile: string;
  dotenv: NodeJS.Dict<string>;
}

const readSources = (files: ProjectFiles): Sources => ({
  toml: readToml(files, 'foundry.toml'),
  remappingsFile: files.textIfAny('remappings.txt', MOST_PARSED) ?? '',
  dotenv: readDotenv(files),
});

function configOf(
  { toml, remappingsFile, dotenv }: Sources,
  files: ProjectFiles,
  outer: NodeJS.ProcessEnv,
): FoundryConfig {
  const env: NodeJS.ProcessEnv = { ...dotenv, ...outer };
  const settings = profileOf(toml, files, env.FOUNDRY_PROFILE || 'default');
  const text = (key: string, otherwise: string) =>
    env[`FOUNDRY_${key.toUpperCase()}`] || asText(settings[key]) || otherwise;
  return {
    src: text('src', 'src'),
    script: text('script', 'script'),
    out: text('out', 'out'),
    libs: asTexts(settings.libs) ?? ['lib', 'node_modules'],
    broadcast: text('broadcast', 'broadcast'),
    cache: text('cache_path', 'cache'),
    solc:
      env.FOUNDRY_SOLC ||
      env.FOUNDRY_SOLC_VERSION ||
      asText(settings.solc) ||
      asText(settings.solc_version),
    offline: settings.offline === true || env.FOUNDRY_OFFLINE === 'true',
    ffi: settings.ffi === true || env.FOUNDRY_FFI === 'true',
    dependencies: Object.keys(asTable(toml.dependencies)),
    remappings: [...(asTexts(settings.remappings) ?? []), ...lines(remappingsFile)],
    fingerprint: sha256(asJson([toml, settings, remappingsFile, steering(env)])),
    texts: () => [...textsIn(toml), ...textsIn(settings)],
  };
}

/** The environment of a run under a profile; without one, that of Drydock. */
export const environmentFor = (profile: string | undefined): NodeJS.ProcessEnv =>
  profile === undefined ? process.env : { ...process.env, ...profileVariable(profile) };

/** What makes forge take a profile. */
export const profileVariable = (profile: string | undefined): Record<string, string> =>
  profile === undefined ? {} : { FOUNDRY_PROFILE: profile };

/** The most profiles that are looked at unless they are named: each may extend a file of its own. */
const MOST_PROFILES = 20;

/**
 * The profiles of a foundry.toml and of what it extends, `default` first. Throws NOT_A_PROJECT when
 * foundry.toml itself can't be read.
 */
export const profilesIn = (files: ProjectFiles): string[] =>
  profilesOf(readToml(files, 'foundry.toml'), files);

function profilesOf(toml: Table, files: ProjectFiles): string[] {
  const own = asTable(toml.profile);
  const parents = Object.values(own)
    .slice(0, MOST_PROFILES)
    .flatMap((profile) => parentOf(asTable(profile)) ?? []);
  const tables = [own, ...[...new Set(parents)].map((file) => profilesBelow(files, file))];
  return [...new Set(['default', ...tables.flatMap(Object.keys)])];
}

function profilesBelow(files: ProjectFiles, parent: string): Table {
  try {
    return asTable(readToml(files, parent).profile);
  } catch {
    // The profile that extends it says what is wrong, once it is chosen.
    return {};
  }
}

/**
 * The configuration of the environment's profile, then those of the first profiles of foundry.toml;
 * profiles that can't be read are left out. Throws NOT_A_PROJECT when the first can't.
 */
export function readConfigs(files: ProjectFiles): ProfileConfig[] {
  const sources = readSources(files);
  const others = profilesOf(sources.toml, files)
    .slice(0, MOST_PROFILES)
    .flatMap((profile) => {
      try {
        return { profile, config: configOf(sources, files, environmentFor(profile)) };
      } catch {
        return [];
      }
    });
  return [{ profile: undefined, config: configOf(sources, files, process.env) }, ...others];
}

/** Without a profile: that of the environment. */
export interface ProfileConfig {
  profile: string | undefined;
  config: FoundryConfig;
}

/** `extends = "base.toml"`, or `extends = { path = "base.toml", strategy = "…" }`. */
const parentOf = ({ extends: wanted }: Table): string | undefined =>
  asText(wanted) ?? asText(asTable(wanted).path);

/** The remappings in the configuration of a library in the project; none without any. */
export function remappingsIn(files: ProjectFiles, library: string): string[] {
  const listed = lines(files.textIfAny(path.join(library, 'remappings.txt'), MOST_PARSED) ?? '');
  if (!files.stat(path.join(library, 'foundry.toml'))) return listed;
  try {
    const toml = readToml(files, path.join(library, 'foundry.toml'));
    return [...(asTexts(layers(toml, 'default').remappings) ?? []), ...listed];
  } catch {
    return listed;
  }
}

/** The variables that forge reads settings from; the chain's address doesn't affect a compile. */
export const steering = (env: NodeJS.ProcessEnv): [string, string | undefined][] =>
  Object.entries(env)
    .filter(([name]) => /^(FOUNDRY|DAPP)_/.test(name) && name !== 'FOUNDRY_ETH_RPC_URL')
    .sort(([a], [b]) => (a < b ? -1 : 1));

/**
 * Throws NOT_A_PROJECT when forge would read an `.env` that Drydock doesn't read: its secrets could
 * not be masked.
 */
export function mustReadDotenv(files: ProjectFiles): void {
  try {
    files.text('.env', MOST_PARSED);
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    if (error.refusal === 'missing' || error.refusal === 'unreadable') return;
    throw new AppError(
      'NOT_A_PROJECT',
      `${error.message}, so what is secret in it could not be hidden. ${REMEDY[error.refusal]}, and try again.`,
    );
  }
}

/** The variables of a project's `.env`; none when it can't be read, or is over 64 KB. */
export const readDotenv = (files: ProjectFiles): NodeJS.Dict<string> =>
  parseEnv(files.textIfAny('.env', MOST_PARSED) ?? '');

function readToml(files: ProjectFiles, name: string): Table {
  const file = path.resolve(files.folder, name);
  let text: string;
  try {
    text = files.text(name, MOST_PARSED);
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    throw new AppError(
      'NOT_A_PROJECT',
      error.refusal === 'missing'
        ? whyMissing(file)
        : `${error.message}. ${REMEDY[error.refusal]}, and try again.`,
    );
  }
  try {
    // Integers in TOML have 64 bits.
    const toml = parse(text, { integersAsBigInt: 'asNeeded' });
    asJson(toml);
    return toml;
  } catch (error) {
    const place = error instanceof TomlError ? ` in line ${error.line}` : '';
    const why =
      error instanceof TomlError ? `: ${firstLine(error.message)}` : ': it nests too deep';
    throw new AppError(
      'NOT_A_PROJECT',
      `${path.basename(file)} has a mistake${place}${why}. Correct it and try again.`,
    );
  }
}

const REMEDY: Record<Exclude<Refusal, 'missing'>, string> = {
  'not-a-file': 'Put a regular file there',
  outside: 'Put the file itself there',
  'too-big': 'Make it smaller',
  unreadable: 'Make it readable',
};

/** Throws RangeError for text that nests some thousand levels deep. */
const asJson = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}` : one));

const whyMissing = (file: string): string =>
  path.basename(file) === 'foundry.toml'
    ? `There is no foundry.toml in ${path.dirname(file)}. Choose the folder that holds it, or run \`forge init\` there.`
    : `foundry.toml extends ${file}, which is not there. Put it there, or correct "extends".`;

function profileOf(toml: Table, files: ProjectFiles, profile: string): Table {
  const own = layers(toml, profile);
  const settings = asTable(asTable(toml.profile)[profile]);
  const { extends: wanted } = settings;
  const parent = parentOf(settings);
  // One level, as in forge: an extended file can't extend another.
  const base = parent ? layers(readToml(files, parent), profile) : {};
  const replaces = asTable(wanted).strategy === 'replace-arrays';
  const joined = Object.entries(own).map(([key, value]) => {
    const before = base[key];
    const isList = !replaces && Array.isArray(before) && Array.isArray(value);
    return [key, isList ? [...before, ...value] : value];
  });
  return { ...base, ...Object.fromEntries(joined) };
}

/** `[default]` is the form of old versions, which new ones still read. */
function layers(toml: Table, profile: string): Table {
  const profiles = asTable(toml.profile);
  const settings = [toml.default, profiles.default, profiles[profile]].flatMap((layer) =>
    // `cache-path` is `cache_path`.
    Object.entries(asTable(layer)).map(([key, value]) => [key.replaceAll('-', '_'), value]),
  );
  return Object.fromEntries(settings);
}

function textsIn(value: unknown, name = ''): [string, string][] {
  if (typeof value === 'string') return [[name, value]];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, name));
  return Object.entries(asTable(value)).flatMap(([key, item]) => textsIn(item, key));
}

const asTable = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const asTexts = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const firstLine = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
