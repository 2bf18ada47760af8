import path from 'node:path';
import semver from 'semver';
import { foldersUp } from '../../lib/folders-up.ts';
import { type ManifestFiles, manifestIn } from './manifest.ts';

export interface HardhatVersion {
  /** 2 or 3; undefined when nothing tells it, as with the range `latest`. */
  major: number | undefined;
  /** What is installed; null: nothing is. */
  installed: { version: string; folder: string } | null;
  /** The range in the nearest package.json that lists it; null: none does. */
  range: string | null;
}

/** Of the package that is installed in the project or, in a monorepo, above it; else of its range. */
export function hardhatVersion(files: ManifestFiles): HardhatVersion {
  const folders = foldersUp(files);
  const installed = installedIn(files, folders);
  const range = rangeIn(files, folders);
  return { major: installed ? semver.major(installed.version) : lowest(range), installed, range };
}

function installedIn(files: ManifestFiles, folders: string[]): HardhatVersion['installed'] {
  for (const at of folders) {
    const folder = path.join(at, 'node_modules', 'hardhat');
    const version = semver.valid(manifestIn(files, folder)?.version);
    if (version !== null) return { version, folder };
  }
  return null;
}

function rangeIn(files: ManifestFiles, folders: string[]): string | null {
  for (const at of folders) {
    const packages = manifestIn(files, at)?.packages ?? {};
    if (Object.hasOwn(packages, 'hardhat')) return packages.hardhat as string;
  }
  return null;
}

function lowest(range: string | null): number | undefined {
  try {
    // `*` and `latest` allow whatever there will be.
    return range === null ? undefined : semver.minVersion(range)?.major || undefined;
  } catch {
    return undefined;
  }
}
