import { accessSync, constants, lstatSync, readdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Where programs are looked for. */
export interface Desktop {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** The user's home folder. */
  home: string;
  /** Where applications of macOS are installed. */
  applications: readonly string[];
  /** Whether a file can be started. */
  isProgram(file: string): boolean;
  namesIn(folder: string): string[];
}

/** This machine. */
export const thisDesktop = (): Desktop => ({
  platform: process.platform,
  env: process.env,
  home: os.homedir(),
  applications: [
    '/Applications',
    path.join(os.homedir(), 'Applications'),
    path.join(os.homedir(), 'Applications', 'JetBrains Toolbox'),
    '/System/Applications/Utilities',
  ],
  isProgram(file) {
    try {
      // An alias of Windows' store can be started, but not followed.
      if (process.platform === 'win32') return !lstatSync(file).isDirectory();
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  },
  namesIn(folder) {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  },
});

/** A machine without any program. */
export const noDesktop: Desktop = {
  platform: 'linux',
  env: {},
  home: '/',
  applications: [],
  isProgram: () => false,
  namesIn: () => [],
};

/** The rules for paths of a desktop. */
export const pathsOf = ({ platform }: Desktop): path.PlatformPath =>
  platform === 'win32' ? path.win32 : path.posix;

/** Why nothing can be opened there; null: it can. */
export function whyNoDesktop({ platform, env }: Desktop): string | null {
  const isLinux = platform !== 'darwin' && platform !== 'win32';
  return isLinux && !env.DISPLAY && !env.WAYLAND_DISPLAY
    ? 'Drydock runs without a desktop here: neither DISPLAY nor WAYLAND_DISPLAY is set.'
    : null;
}

/** Windows finds its variables whatever their letters. */
function variable({ env, platform }: Desktop, name: string): string | undefined {
  if (platform !== 'win32') return env[name];
  const found = Object.keys(env).find((one) => one.toUpperCase() === name.toUpperCase());
  return found && env[found];
}

/** What a desktop that is started from a menu often lacks in its PATH. */
const moreFolders: { readonly [platform: string]: readonly string[] } = {
  darwin: ['/opt/homebrew/bin', '/usr/local/bin'],
  linux: [
    '~/.local/bin',
    '~/.local/share/JetBrains/Toolbox/scripts',
    '/usr/local/bin',
    '/usr/bin',
    '/snap/bin',
    '/var/lib/flatpak/exports/bin',
    '~/.local/share/flatpak/exports/bin',
  ],
};

/**
 * The folders that programs are looked for in. Relative ones depend on where Drydock was started,
 * and those that package managers put first for a while belong to a project: neither counts.
 */
function searchedFolders(desktop: Desktop): string[] {
  const system = pathsOf(desktop);
  const more = moreFolders[desktop.platform === 'darwin' ? 'darwin' : 'linux'] ?? [];
  return [
    ...(variable(desktop, 'PATH') ?? '').split(system.delimiter),
    ...(desktop.platform === 'win32' ? [] : more),
  ]
    .map((folder) => folder.replace(/^~(?=\/)/, desktop.home))
    .filter((folder) => system.isAbsolute(folder) && !/[\\/]node_modules[\\/]/.test(folder));
}

/** The first of some programs that PATH leads to; undefined: there is none. */
export function programInPath(desktop: Desktop, names: readonly string[]): string | undefined {
  const system = pathsOf(desktop);
  const folders = searchedFolders(desktop);
  for (const name of names) {
    for (const folder of folders) {
      const file = system.join(folder, name);
      if (desktop.isProgram(file)) return file;
    }
  }
  return undefined;
}

/**
 * The first program at one of some places. A place may begin with a variable (`%LOCALAPPDATA%`), and
 * one of its parts may be any name that ends with the rest of it after a star, newest last.
 */
export function programAt(desktop: Desktop, places: readonly string[]): string | undefined {
  for (const place of places) {
    const file = placeOf(desktop, place);
    if (file && desktop.isProgram(file)) return file;
  }
  return undefined;
}

function placeOf(desktop: Desktop, place: string): string | undefined {
  const system = pathsOf(desktop);
  const [, name, rest] = /^%([^%]+)%[\\/](.*)$/.exec(place) ?? [];
  const root = name === undefined ? undefined : variable(desktop, name);
  if (name !== undefined && (root === undefined || !system.isAbsolute(root))) return undefined;
  const full = root === undefined ? place : system.join(root, rest ?? '');
  const parts = full.split(system.sep);
  const star = parts.findIndex((part) => part.endsWith('*'));
  if (star < 0) return full;
  const before = parts.slice(0, star).join(system.sep);
  const prefix = parts[star]?.slice(0, -1) ?? '';
  const newest = desktop
    .namesIn(before)
    .filter((one) => one.startsWith(prefix))
    .sort()
    .at(-1);
  return newest && system.join(before, newest, ...parts.slice(star + 1));
}

/** An application of macOS, e.g. `Zed.app/Contents/MacOS/cli`. */
export function inApplications(desktop: Desktop, inner: readonly string[]): string | undefined {
  return programAt(
    desktop,
    inner.flatMap((one) => desktop.applications.map((folder) => `${folder}/${one}`)),
  );
}
