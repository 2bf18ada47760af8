import path from 'node:path';
import { valid } from 'semver';
import { parse } from 'smol-toml';
import { foldersUp } from '../../lib/folders-up.ts';
import { type ProjectFiles, projectFiles } from '../../lib/project-files.ts';
import { foundryToolchain } from '../../targets/chain/anvil.ts';
import type { AskedVersion } from '../kind.ts';

/** As much of a file is read: the time for a TOML file grows quadratically. */
const MOST_BYTES = 64_000;

/**
 * The names of Foundry in asdf (https://github.com/llllvvuu/asdf-foundry) and in mise, where it is an
 * alias of the second one (https://github.com/jdx/mise, `registry/foundry.toml`).
 */
const NAMES = [
  'foundry',
  'aqua:foundry-rs/foundry',
  'github:foundry-rs/foundry',
  'ubi:foundry-rs/foundry',
];

/** The files that ask for versions of tools, in the order in which mise gives them weight. */
const FILES: Record<string, (text: string) => string | undefined> = {
  'mise.toml': miseVersion,
  '.mise.toml': miseVersion,
  '.tool-versions': asdfVersion,
};

/**
 * The version of Foundry that a project's folder, or one above it in the repository, asks for; the
 * nearest counts. foundry.toml has no setting for it.
 */
export function askedVersions(folder: string): AskedVersion[] {
  const ignored: string[] = [];
  const asked = askedIn(projectFiles(folder), ignored);
  return [{ toolchain: foundryToolchain, asked, ignored }];
}

function askedIn(files: ProjectFiles, ignored: string[]): AskedVersion['asked'] {
  for (const folder of foldersIn(files)) {
    for (const [name, read] of Object.entries(FILES)) {
      const file = path.join(folder, name);
      // Every deploy looks for them, and a refusal costs much more than a look.
      if (!files.stat(file)) continue;
      const said = read(files.textIfAny(file, MOST_BYTES) ?? '');
      if (said === undefined) continue;
      const source = path.relative(files.folder, file).split(path.sep).join('/');
      const version = said.length > 100 ? null : valid(said);
      if (version !== null) return { version, source };
      ignored.push(
        `${source} asks for ${foundryToolchain.label} "${said.slice(0, 50)}", which is no exact version, so it is ignored.`,
      );
    }
  }
  return null;
}

/** Only itself, when it is gone. */
function foldersIn(files: ProjectFiles): string[] {
  try {
    return foldersUp(files);
  } catch {
    return [files.folder];
  }
}

/**
 * One tool a line, with the version to use and others to fall back on
 * (https://asdf-vm.com/manage/configuration.html#tool-versions).
 */
function asdfVersion(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const [name = '', version] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (version !== undefined && NAMES.includes(name)) return version;
  }
  return undefined;
}

/**
 * `[tools]` with a version, a list of which the first one counts, or a table with `version`
 * (https://mise.jdx.dev/configuration.html#tools-dev-tools).
 */
function miseVersion(text: string): string | undefined {
  const tools = asTable(asTable(parsed(text)).tools);
  const name = NAMES.find((one) => tools[one] !== undefined);
  if (name === undefined) return undefined;
  const [first] = [tools[name]].flat();
  const version = asTable(first).version ?? first;
  return typeof version === 'string' ? version : String(JSON.stringify(version));
}

/** A file with a mistake says nothing. */
function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const asTable = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
