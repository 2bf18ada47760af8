import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { parse, TomlError } from 'smol-toml';
import { AppError } from '../../kit/errors.ts';
import { sha256 } from '../../kit/sha256.ts';

/** What Drydock needs of a `foundry.toml`; folders are relative to the project. */
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
  /** `context:prefix=target`, from foundry.toml and remappings.txt, in that order. */
  remappings: string[];
  /** Differs when any of what it was read from does, down to settings that aren't listed here. */
  fingerprint: string;
}

type Table = Record<string, unknown>;

/**
 * Reads the configuration as forge would: the profile of FOUNDRY_PROFILE over `default`, and
 * FOUNDRY_* variables, of the project's `.env` too, over both
 * (https://getfoundry.sh/config/reference/overview). Throws NOT_A_PROJECT with the place of the
 * mistake.
 *
 * Reads at once, as everything does that a deploy waits for: a small file takes some microseconds,
 * and several turns of the event loop otherwise.
 */
export function readConfig(folder: string, outer: NodeJS.ProcessEnv = process.env): FoundryConfig {
  const file = path.join(folder, 'foundry.toml');
  const toml = readToml(file);
  const remappingsFile = textOf(path.join(folder, 'remappings.txt'));
  const env: NodeJS.ProcessEnv = { ...readDotenv(folder), ...outer };
  const settings = profileOf(toml, file, env.FOUNDRY_PROFILE || 'default');
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
    remappings: [...(asTexts(settings.remappings) ?? []), ...lines(remappingsFile)],
    fingerprint: sha256(JSON.stringify([toml, settings, remappingsFile, steering(env)])),
  };
}

/** The variables that forge takes settings from; where the chain is matters to no compile. */
const steering = (env: NodeJS.ProcessEnv): [string, string | undefined][] =>
  Object.entries(env)
    .filter(([name]) => /^(FOUNDRY|DAPP)_/.test(name) && name !== 'FOUNDRY_ETH_RPC_URL')
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** The variables of a project's `.env`. */
export const readDotenv = (folder: string): NodeJS.Dict<string> =>
  parseEnv(textOf(path.join(folder, '.env')));

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function readToml(file: string): Table {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new AppError(
      'NOT_A_PROJECT',
      missing ? whyMissing(file) : `${file} can't be read. Check who may read it.`,
    );
  }
  try {
    return parse(text);
  } catch (error) {
    const place = error instanceof TomlError ? ` in line ${error.line}` : '';
    const why = error instanceof TomlError ? `: ${firstLine(error.message)}` : '';
    throw new AppError(
      'NOT_A_PROJECT',
      `${path.basename(file)} has a mistake${place}${why}. Correct it and try again.`,
    );
  }
}

const whyMissing = (file: string): string =>
  path.basename(file) === 'foundry.toml'
    ? `There is no foundry.toml in ${path.dirname(file)}. Choose the folder that holds it, or run \`forge init\` there.`
    : `foundry.toml extends ${file}, which is not there. Put it there, or correct "extends".`;

function profileOf(toml: Table, file: string, profile: string): Table {
  const own = layers(toml, profile);
  const parent = asText(asTable(asTable(toml.profile)[profile]).extends);
  // One level, as in forge: an extended file can't extend another.
  const base = parent && layers(readToml(path.resolve(path.dirname(file), parent)), profile);
  return { ...base, ...own };
}

/** `[default]` is the form of old versions, still read by new ones. */
function layers(toml: Table, profile: string): Table {
  const profiles = asTable(toml.profile);
  return { ...asTable(toml.default), ...asTable(profiles.default), ...asTable(profiles[profile]) };
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
