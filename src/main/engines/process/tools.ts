import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../kit/errors.ts';
import type { Tool, ToolName } from '../engine.ts';

const run = promisify(execFile);
const exe = process.platform === 'win32' ? '.exe' : '';

export interface FoundTool {
  path: string;
  source: Tool['source'];
}

/** `foundryPath`: the folder from the settings, empty when none is set. */
export interface ToolSearch {
  foundryPath: string;
  home?: string;
  path?: string;
}

/**
 * Looks in the folder from the settings, foundryup's folder, PATH, and the packages that come with
 * Drydock, in this order. Throws TOOL_MISSING.
 */
export function findTool(name: ToolName, search: ToolSearch): FoundTool {
  const home = search.home ?? os.homedir();
  if (search.foundryPath) {
    const own = path.join(search.foundryPath, name + exe);
    if (isExecutable(own)) return { path: own, source: 'settings' };
    throw new AppError(
      'TOOL_MISSING',
      `There is no ${name} in ${search.foundryPath}, the Foundry folder of the settings. Correct the setting, or empty it to have ${name} looked for.`,
      {
        fix: {
          label: 'Look for it instead',
          command: 'drydock settings set foundryPath ""',
          call: { procedure: 'settings.set', input: { foundryPath: '' } },
        },
      },
    );
  }
  const foundryup = path.join(home, '.foundry', 'bin', name + exe);
  if (isExecutable(foundryup)) return { path: foundryup, source: 'foundryup' };
  // An application started from a dock or a menu has not the PATH of a shell.
  const usual = ['/opt/homebrew/bin', '/usr/local/bin', path.join(home, '.cargo', 'bin')];
  const folders = (search.path ?? process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const folder of [...folders, ...usual]) {
    // npm's shims start a Node process first; the binary that they lead to is found below.
    if (folder.includes('node_modules')) continue;
    const candidate = path.join(folder, name + exe);
    if (isExecutable(candidate)) return { path: candidate, source: 'path' };
  }
  const bundled = bundledTool(name);
  if (bundled) return { path: bundled, source: 'bundled' };
  throw new AppError(
    'TOOL_MISSING',
    `${name} was not found. Install Foundry with foundryup (https://getfoundry.sh), or set its folder in the settings.`,
    { fix: { label: 'Run the doctor', command: 'drydock doctor' } },
  );
}

/** The folders of the tools that are found, each once. */
export function toolFolders(search: ToolSearch): string[] {
  const folders = (['forge', 'anvil', 'cast'] as const).flatMap((name) => {
    try {
      return [path.dirname(findTool(name, search).path)];
    } catch {
      return [];
    }
  });
  return [...new Set(folders)];
}

const versions = new Map<string, Promise<string>>();

/** The version a tool says of itself, e.g. `1.7.1`. Rejects with TOOL_MISSING when it won't run. */
export function toolVersion(name: ToolName, file: string): Promise<string> {
  const key = `${file}:${statSync(file).mtimeMs}`;
  const known = versions.get(key);
  if (known) return known;
  const asked = run(file, ['--version'], { timeout: 10_000 }).then(
    ({ stdout }) => /(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? stdout.split('\n')[0]?.trim() ?? '',
    () => {
      versions.delete(key);
      throw new AppError(
        'TOOL_MISSING',
        `${name} at ${file} does not run. Install Foundry again with foundryup, or set its folder in the settings.`,
      );
    },
  );
  versions.set(key, asked);
  return asked;
}

/** https://www.npmjs.com/org/foundry-rs: one package a platform, with the binary in `bin`. */
function bundledTool(name: ToolName): string | undefined {
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'win32' }[process.platform as string];
  const cpu = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  try {
    const require = createRequire(import.meta.url);
    const manifest = require.resolve(`@foundry-rs/${name}-${platform}-${cpu}/package.json`);
    const file = path
      .join(path.dirname(manifest), 'bin', name + exe)
      .replace('app.asar', 'app.asar.unpacked');
    return isExecutable(file) ? file : undefined;
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
