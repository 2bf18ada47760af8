import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { requireOutside } from '../../lib/shipped-node.ts';
import { versionIn } from '../../lib/version-in.ts';
import { AppError } from '../../shared/errors.ts';
import type { InstalledTool, ToolSearch, ToolSpec } from '../tools.ts';

const run = promisify(execFile);
const exe = process.platform === 'win32' ? '.exe' : '';

export interface FoundTool {
  path: string;
  source: InstalledTool['source'];
}

/**
 * Looks in the folder from the settings, that of the tool's installer, PATH, and the package that
 * comes with Drydock or was downloaded by it, in this order. Throws TOOL_MISSING.
 */
export function findTool(spec: ToolSpec, search: ToolSearch = {}): FoundTool {
  const { name, setting, remedy } = spec;
  const chosen = chosenFolder(spec, search);
  if (setting && chosen) {
    const own = inFolder(chosen, name);
    if (own) return { path: own, source: 'settings' };
    throw new AppError(
      'TOOL_MISSING',
      `There is no ${name} in ${chosen}, ${setting.label} of the settings. Correct the setting, or empty it to have ${name} looked for.`,
      {
        fix: {
          label: 'Look for it instead',
          command: `drydock settings set ${setting.key} ""`,
          call: { procedure: 'settings.set', input: { [setting.key]: '' } },
        },
      },
    );
  }
  for (const found of copiesOf(spec, search)) return found;
  const missing = search.downloads?.missing(spec);
  if (missing) throw missing;
  throw new AppError('TOOL_MISSING', `${name} was not found. ${remedy.missing}`, {
    fix: { label: 'Run the doctor', command: 'drydock doctor' },
  });
}

/** The same for what is about to run: one that the package left out is downloaded first. */
export async function availableTool(spec: ToolSpec, search: ToolSearch): Promise<FoundTool> {
  const { downloads } = search;
  const isHere = chosenFolder(spec, search) !== '' || !copiesOf(spec, search).next().done;
  if (downloads && !isHere) await downloads.need(spec);
  return findTool(spec, search);
}

/** The folder from the settings; empty: none. */
export const chosenFolder = ({ setting }: ToolSpec, search: ToolSearch): string =>
  setting ? (search.setting?.(setting.key) ?? '') : '';

/** Every copy outside of the settings' folder, in the order of `findTool`. Starts none. */
export function* copiesOf(spec: ToolSpec, search: ToolSearch): Generator<FoundTool> {
  const { name, homeFolder } = spec;
  const home = search.home ?? os.homedir();
  for (const folder of homeFolder?.in(home, search.env ?? process.env) ?? []) {
    const installed = inFolder(folder, name);
    if (installed) yield { path: installed, source: 'home' };
  }
  // An application started from a dock or a menu doesn't have a shell's PATH.
  const usual = ['/opt/homebrew/bin', '/usr/local/bin', path.join(home, '.cargo', 'bin')];
  const folders = (search.path ?? process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const folder of [...folders, ...usual]) {
    // npm's shims start a Node process first; the binary that they start is found below.
    if (folder.includes('node_modules')) continue;
    const candidate = inFolder(folder, name);
    if (candidate) yield { path: candidate, source: 'path' };
  }
  const downloaded = search.downloads?.find(spec);
  if (downloaded) yield { path: downloaded.path, source: 'downloaded' };
  const bundled = bundledTool(spec);
  if (bundled) yield { path: bundled.path, source: 'bundled' };
}

/** The path of a tool in a folder, if it is there. */
export function inFolder(folder: string, name: string): string | undefined {
  const file = path.join(folder, name + exe);
  return isExecutable(file) ? file : undefined;
}

/** The folders of the tools that are found, each once. */
export function toolFolders(tools: readonly ToolSpec[], search: ToolSearch): string[] {
  const folders = tools.flatMap((tool) => {
    try {
      return [path.dirname(findTool(tool, search).path)];
    } catch {
      return [];
    }
  });
  return [...new Set(folders)];
}

const versions = new Map<string, Promise<string>>();

/** The version that a tool reports, e.g. `1.7.1`. Rejects with TOOL_MISSING when it won't run. */
export function toolVersion(spec: ToolSpec, file: string): Promise<string> {
  const key = `${file}:${statSync(file).mtimeMs}`;
  const known = versions.get(key);
  if (known) return known;
  const asked = run(file, [...spec.versionArgs], { timeout: 10_000 }).then(
    ({ stdout }) => versionIn(stdout) ?? stdout.split('\n')[0]?.trim() ?? '',
    () => {
      versions.delete(key);
      throw new AppError(
        'TOOL_MISSING',
        `${spec.name} at ${file} does not run. ${spec.remedy.broken}`,
      );
    },
  );
  versions.set(key, asked);
  return asked;
}

/** The version of a copy; that of the package which comes with Drydock is known without a start. */
export async function versionOf(spec: ToolSpec, found: FoundTool): Promise<string> {
  const bundled = found.source === 'bundled' ? bundledTool(spec) : undefined;
  return bundled?.path === found.path ? bundled.version : toolVersion(spec, found.path);
}

function bundledTool({ bundled }: ToolSpec): { path: string; version: string } | undefined {
  if (!bundled) return undefined;
  try {
    const load = requireOutside(import.meta.url);
    const manifest = load.resolve(`${bundled.package}/package.json`);
    const file = path.join(path.dirname(manifest), bundled.file);
    return isExecutable(file) ? { path: file, version: load(manifest).version } : undefined;
  } catch {
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
