import path from 'node:path';
import semver from 'semver';
import { foldersUp } from '../../lib/folders-up.ts';
import type { ProjectFiles } from '../../lib/project-files.ts';

/** A project whose packages Yarn keeps in archives: https://yarnpkg.com/features/pnp */
export interface PlugAndPlay {
  /** Of Hardhat, as yarn.lock has it; null: it isn't there. */
  version: string | null;
}

export const PLUG_AND_PLAY =
  'Yarn keeps the packages of this project in archives (.pnp.cjs), which a deploy does not read. Put "nodeLinker: node-modules" into .yarnrc.yml and run "yarn install", then deploy again.';

const MOST_BYTES = 50_000_000;

/** undefined for every other project, and for one that has a folder of packages as well. */
export function plugAndPlayOf(files: ProjectFiles): PlugAndPlay | undefined {
  for (const folder of foldersUp(files)) {
    if (files.stat(path.join(folder, 'node_modules', 'hardhat'))?.isDirectory()) return undefined;
    if (!files.stat(path.join(folder, '.pnp.cjs'))?.isFile()) continue;
    const lock = files.textIfAny(path.join(folder, 'yarn.lock'), MOST_BYTES) ?? '';
    const [, version] = /^"hardhat@npm:[^"\n]*":\n {2}version: "?([\w.+-]+)/m.exec(lock) ?? [];
    return { version: semver.valid(version) };
  }
  return undefined;
}
