import path from 'node:path';
import { z } from 'zod';
import type { ProjectFiles } from '../../lib/project-files.ts';
import { lockFilesOf, type Manager } from './package-manager.ts';

/** What each leaves in `node_modules` when it is done. */
const LEFT: Record<Manager, readonly string[]> = {
  npm: ['.package-lock.json'],
  pnpm: ['.modules.yaml'],
  yarn: ['.yarn-state.yml', '.yarn-integrity'],
  bun: ['.package-lock.json', '.cache'],
};
const MOST_BYTES = 50_000_000;

const versions = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), optional: z.boolean().optional() }),
  ),
});

/**
 * Whether what a lock file says is installed already. A lock file that is older than the last
 * install says so; a newer one of npm is compared with what npm has noted, as every checkout makes
 * it newer. Where there is no lock file, or nothing was noted, what is there is taken as it is.
 *
 * @param folder where packages are installed: the root of a monorepo
 */
export function isInstalled(files: ProjectFiles, folder: string, manager: Manager): boolean {
  const modules = path.join(folder, 'node_modules');
  if (!files.stat(modules)?.isDirectory()) return false;
  const lock = newest(
    files,
    lockFilesOf(manager).map((name) => path.join(folder, name)),
  );
  const left = newest(
    files,
    LEFT[manager].map((name) => path.join(modules, name)),
  );
  if (!lock || !left || left.mtimeMs >= lock.mtimeMs) return true;
  return manager === 'npm' && isSame(files, lock.file, left.file);
}

function newest(files: ProjectFiles, all: readonly string[]) {
  const found = all.flatMap((file) => {
    const stat = files.stat(file);
    return stat ? [{ file, mtimeMs: stat.mtimeMs }] : [];
  });
  return found.sort((a, b) => b.mtimeMs - a.mtimeMs)[0];
}

function isSame(files: ProjectFiles, lock: string, noted: string): boolean {
  const [wanted, here] = [lock, noted].map((file) => packagesIn(files, file));
  if (!wanted || !here) return false;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) =>
      name === '' ||
      version === undefined ||
      here[name]?.version === version ||
      (optional === true && here[name] === undefined),
  );
}

function packagesIn(files: ProjectFiles, file: string) {
  try {
    return versions.safeParse(JSON.parse(files.textIfAny(file, MOST_BYTES) ?? '')).data?.packages;
  } catch {
    return undefined;
  }
}
