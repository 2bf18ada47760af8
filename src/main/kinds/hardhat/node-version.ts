import path from 'node:path';
import semver from 'semver';
import { foldersUp } from '../../lib/folders-up.ts';
import { type ManifestFiles, manifestIn } from './manifest.ts';

export interface WantedNode {
  /** A range of versions. */
  range: string;
  /** The file that says so. */
  file: string;
}

/** Names of long-term releases (https://nodejs.org/en/about/previous-releases). */
const RELEASES: Record<string, string> = {
  argon: '4',
  boron: '6',
  carbon: '8',
  dubnium: '10',
  erbium: '12',
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
};

const LONGEST = 1000;

/**
 * The Node that a project asks for: by `.nvmrc`, `.node-version` or `engines`, the nearest to it.
 * undefined when it asks for none, or for whatever is newest.
 */
export function wantedNode(files: ManifestFiles): WantedNode | undefined {
  for (const folder of foldersUp(files)) {
    for (const file of ['.nvmrc', '.node-version']) {
      const range = rangeOf(files.textIfAny(path.join(folder, file), LONGEST) ?? '');
      if (range !== undefined) return { range, file };
    }
    const range = semver.validRange(manifestIn(files, folder)?.node);
    if (range !== null && range !== '*') return { range, file: 'package.json' };
  }
  return undefined;
}

/** The range of Node versions that a Hardhat runs on; undefined: it takes every current one. */
export const neededNode = (hardhat: number | undefined): string | undefined =>
  hardhat !== undefined && hardhat >= 3 ? '>=22.13.0' : undefined;

/** The first line: `v22.11.0`, `22`, `lts/jod`. */
function rangeOf(text: string): string | undefined {
  const line = text.trim().split(/\s/)[0]?.slice(0, 50) ?? '';
  const release = /^lts\/(\w+)$/.exec(line)?.[1]?.toLowerCase();
  const range = semver.validRange(release === undefined ? line : RELEASES[release]);
  return line === '' || range === null || range === '*' ? undefined : range;
}
