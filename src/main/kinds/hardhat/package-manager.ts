import path from 'node:path';
import { foldersUp } from '../../lib/folders-up.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { manifestIn } from './manifest.ts';

export type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** How the packages of a project are installed. */
export interface PackageInstall {
  manager: Manager;
  /** The version that `packageManager` names. */
  version: string | undefined;
  /** The name and range of its own package, e.g. `pnpm@9.1.0`. */
  package: string;
  /** Where it runs: the root of a monorepo. */
  folder: string;
  /**
   * Exactly what the lock file says, or fails; without a lock file, what fits. Packages run no
   * scripts of theirs.
   */
  args: string[];
  /** Why this one, as part of a sentence. */
  reason: string;
}

const LOCK_FILES: [name: string, manager: Manager][] = [
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

export const lockFilesOf = (manager: Manager): string[] =>
  LOCK_FILES.flatMap(([name, of]) => (of === manager ? [name] : []));

/**
 * By what is written down in the nearest folder that says anything: the field `packageManager` of
 * its package.json, or the lock file, of several the newest. npm when nothing says anything.
 */
export function packageInstall(files: ProjectFiles): PackageInstall {
  for (const folder of foldersUp(files)) {
    const named = manifestIn(files, folder)?.packageManager;
    const [, manager, version] = /^(npm|pnpm|yarn|bun)@(\d[\w.-]*)/.exec(named ?? '') ?? [];
    const locks = locksIn(files, folder);
    if (manager !== undefined) {
      const isLocked = locks.some((one) => one.manager === manager);
      const reason = `packageManager is ${named}`;
      return install(files, folder, manager as Manager, { version, isLocked, reason });
    }
    const [newest, older] = locks;
    if (newest !== undefined) {
      const over = older && older.manager !== newest.manager ? `, newer than ${older.name}` : '';
      const reason = `its lock file is ${newest.name}${over}`;
      return install(files, folder, newest.manager, { isLocked: true, reason });
    }
  }
  return install(files, files.folder, 'npm', {
    isLocked: false,
    reason: 'there is no lock file, so npm is taken',
  });
}

/** The newest first. */
const locksIn = (files: ProjectFiles, folder: string) =>
  LOCK_FILES.flatMap(([name, manager]) => {
    const stat = files.stat(path.join(folder, name));
    return stat?.isFile() ? [{ name, manager, changedAt: stat.mtimeMs }] : [];
  }).sort((a, b) => b.changedAt - a.changedAt);

interface Found {
  version?: string;
  isLocked: boolean;
  reason: string;
}

function install(
  files: ProjectFiles,
  folder: string,
  manager: Manager,
  { version, isLocked, reason }: Found,
): PackageInstall {
  const of = { manager, version, folder, reason };
  if (manager === 'yarn' && isBerry(files, folder, version)) {
    const args = ['install', ...(isLocked ? ['--immutable'] : []), '--mode=skip-build'];
    return { ...of, package: `@yarnpkg/cli-dist@${version ?? '4'}`, args };
  }
  return {
    ...of,
    package: `${manager}@${version ?? USUAL[manager]}`,
    args: ARGS[manager](isLocked),
  };
}

/** What is taken of each where no version is named; yarn 2 and newer have another package. */
const USUAL: Record<Manager, string> = { npm: '11', pnpm: '10', yarn: '1', bun: '1' };

const ARGS: Record<Manager, (isLocked: boolean) => string[]> = {
  npm: (isLocked) => [isLocked ? 'ci' : 'install', '--ignore-scripts', '--no-audit', '--no-fund'],
  pnpm: (isLocked) => [
    'install',
    isLocked ? '--frozen-lockfile' : '--no-frozen-lockfile',
    '--ignore-scripts',
  ],
  yarn: (isLocked) => [
    'install',
    ...(isLocked ? ['--frozen-lockfile'] : []),
    '--ignore-scripts',
    '--non-interactive',
  ],
  bun: (isLocked) => ['install', ...(isLocked ? ['--frozen-lockfile'] : []), '--ignore-scripts'],
};

/** Whether it is version 2 or newer, which takes other options. */
function isBerry(files: ProjectFiles, folder: string, version: string | undefined): boolean {
  if (version !== undefined) return !/^[01]\./.test(version);
  return files.stat(path.join(folder, '.yarnrc.yml')) !== undefined;
}
