import path from 'node:path';
import type { ProjectFiles } from '../../lib/project-files.ts';
import type { Choices, Entry } from '../../shared/kind.ts';
import { buildProfiles } from './build-profiles.ts';
import { isCode } from './code-below.ts';
import { deployEntries } from './deploy-entries.ts';
import { hardhatVersion } from './hardhat-version.ts';
import { ignitionEntries } from './ignition-entries.ts';
import { modulesFolder, pathsOf } from './project-paths.ts';
import { scriptEntries, scriptEntry } from './script-entries.ts';
import { sourceReader } from './source-reader.ts';

/**
 * What there is to deploy, found by reading alone: what hardhat-deploy deploys, Ignition's modules
 * and plain scripts. At most one of them is the default, in this order.
 *
 * @param named a script that is listed wherever it lies, relative to the project
 */
export function choicesOf(files: ProjectFiles, named?: string): Choices {
  const read = sourceReader(files);
  const paths = pathsOf(files, read);
  const entries = [
    ...deployEntries(files, paths.deploy, read),
    ...ignitionEntries(files, modulesFolder(paths), read),
    ...scriptEntries(files, read),
  ];
  const standard = firstDefault(entries) ?? onlyOffered(entries);
  return {
    ...offeredIn(files),
    entries: [
      ...entries.map((one) => ({ ...one, isDefault: one === standard })),
      ...namedEntry(files, entries, named),
    ],
  };
}

function offeredIn(files: ProjectFiles): Pick<Choices, 'offered'> {
  const { major } = hardhatVersion(files);
  return major === 3 ? { offered: { profile: buildProfiles(files).names } } : {};
}

/** None where what can't be read would come before it. */
function firstDefault(entries: readonly Entry[]): Entry | undefined {
  const first = entries.findIndex((one) => one.isDefault);
  const entry = entries[first];
  const isSure = entries
    .slice(0, Math.max(first, 0))
    .every(({ problem, group }) => problem === undefined || group === entry?.group);
  return isSure ? entry : undefined;
}

/** What can't be read counts too: nothing else is taken in its place. */
function onlyOffered(entries: readonly Entry[]): Entry | undefined {
  const offered = entries.filter((one) => one.leftOut === undefined);
  return offered.length === 1 ? offered[0] : undefined;
}

function namedEntry(files: ProjectFiles, listed: readonly Entry[], named?: string): Entry[] {
  if (named === undefined || listed.some(({ value }) => value === named)) return [];
  if (!isCode(path.basename(named)) || files.real(named) === undefined) return [];
  return files.stat(named)?.isFile() ? [{ ...scriptEntry(named), isDefault: false }] : [];
}
