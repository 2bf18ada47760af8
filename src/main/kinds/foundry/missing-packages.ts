import path from 'node:path';
import { foldersUp } from '../../lib/folders-up.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { LibraryStep } from '../libraries.ts';
import { LIST_BYTES, MOST_LISTED } from './listed-libraries.ts';

type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const lockFiles: [string, Manager][] = [
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
];

/** Packages' lifecycle scripts are code that no compile needs. */
const installs: Record<Manager, string[]> = {
  npm: ['install', '--ignore-scripts', '--no-audit', '--no-fund'],
  pnpm: ['install', '--ignore-scripts'],
  yarn: ['install', '--ignore-scripts', '--non-interactive'],
  bun: ['install', '--ignore-scripts'],
};

interface Manifest {
  dependencies: string[];
  packageManager: string;
}

/**
 * Packages that a package.json of the project, or one above it, lists, and that no node_modules
 * contains.
 */
export function missingPackages(files: ProjectFiles, imports: readonly string[]): LibraryStep[] {
  const folders = foldersUp(files);
  for (const [n, folder] of folders.entries()) {
    const above = folders.slice(n);
    const missing = manifestOf(files, folder).dependencies.filter(
      (name) => !above.some((one) => files.stat(path.join(one, 'node_modules', name))),
    );
    if (missing.length === 0) continue;
    const fits = imports.some((name) =>
      missing.some((one) => name.replace(/^(\.\/)?node_modules\//, '').startsWith(`${one}/`)),
    );
    const { manager, args, at, reason } = managerFor(files, above);
    const names = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ', …' : '');
    return [
      {
        tool: manager,
        program: manager,
        isScript: manager !== 'bun',
        args,
        folder: at,
        missing,
        why: `package.json lists ${names}, which node_modules does not hold; ${reason}.`,
        fits,
      },
    ];
  }
  return [];
}

/** Determined by the project's files: the field of package.json, then the newest lock file. */
function managerFor(files: ProjectFiles, folders: readonly string[]) {
  const home = folders[0] as string;
  for (const at of folders) {
    const { packageManager } = manifestOf(files, at);
    const named = /^(npm|pnpm|yarn|bun)@/.exec(packageManager)?.[1] as Manager | undefined;
    const locks = lockFiles
      .flatMap(([name, manager]) => {
        const stat = files.stat(path.join(at, name));
        return stat ? [{ name, manager, changedAt: stat.mtimeMs }] : [];
      })
      .sort((a, b) => b.changedAt - a.changedAt);
    const [newest, older] = locks;
    if (named) return choice(files, at, named, `packageManager is ${packageManager}`);
    if (newest) {
      const over = older && older.manager !== newest.manager ? `, newer than ${older.name}` : '';
      return choice(files, at, newest.manager, `its lock file is ${newest.name}${over}`);
    }
  }
  return choice(files, home, 'npm', 'there is no lock file, so npm is taken');
}

function choice(files: ProjectFiles, at: string, manager: Manager, reason: string) {
  // Since version 2, its own scripts are switched off differently.
  const isBerry = manager === 'yarn' && files.stat(path.join(at, '.yarnrc.yml')) !== undefined;
  return {
    manager,
    at,
    reason,
    args: isBerry ? ['install', '--mode=skip-build'] : installs[manager],
  };
}

function manifestOf(files: ProjectFiles, folder: string): Manifest {
  try {
    const text = files.textIfAny(path.join(folder, 'package.json'), LIST_BYTES) ?? '{}';
    const { dependencies, devDependencies, packageManager } = JSON.parse(text);
    return {
      dependencies: [...namesOf(dependencies), ...namesOf(devDependencies)],
      packageManager: typeof packageManager === 'string' ? packageManager.slice(0, 100) : '',
    };
  } catch {
    return { dependencies: [], packageManager: '' };
  }
}

/**
 * https://docs.npmjs.com/cli/configuring-npm/package-json#name; must not lead out of node_modules.
 */
const namesOf = (table: unknown): string[] =>
  Object.keys(typeof table === 'object' && table !== null ? table : {})
    .slice(0, MOST_LISTED)
    .filter((name) => /^(@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/.test(name));
