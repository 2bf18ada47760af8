import { realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rcompare, valid } from 'semver';
import { namesIn } from '../../lib/fs-sync.ts';
import type { InstalledTool, ToolSearch, ToolSpec } from '../tools.ts';
import { chosenFolder, copiesOf, type FoundTool, findTool, inFolder, versionOf } from './tools.ts';

type Versioned = FoundTool & { version: string };

/**
 * A tool in an exact version, wherever it is; undefined: it isn't here. Those that their installer
 * keeps by version are found by the names of their folders; others are asked once each.
 */
export async function findVersion(
  spec: ToolSpec,
  version: string,
  search: ToolSearch,
): Promise<FoundTool | undefined> {
  const kept = keptVersions(spec, search).find((one) => one.version === version);
  if (kept) return kept;
  for (const found of others(spec, search)) {
    if ((await versionIfRuns(spec, found)) === version) return found;
  }
  return undefined;
}

/** The versions that are here, each once, the newest first. Starts those whose version isn't known. */
export async function installedVersions(
  spec: ToolSpec,
  search: ToolSearch,
): Promise<InstalledTool[]> {
  const found = [...others(spec, search)];
  const asked = await Promise.all(
    found.map(async (one) => ({ ...one, version: await versionIfRuns(spec, one) })),
  );
  const usual = defaultPath(spec, search);
  const versions = new Map<string, InstalledTool>();
  for (const one of [...asked, ...keptVersions(spec, search)]) {
    if (one.version === undefined) continue;
    const isDefault = one.path === usual;
    if (versions.has(one.version) && !isDefault) continue;
    versions.set(one.version, { ...one, version: one.version, isDefault });
  }
  return [...versions.values()].sort((a, b) => order(a.version, b.version));
}

function keptVersions({ name, toolchain }: ToolSpec, search: ToolSearch): Versioned[] {
  const home = search.home ?? os.homedir();
  const folders = toolchain?.versionFolders(home, search.env ?? process.env) ?? [];
  return folders.flatMap((folder) =>
    namesIn(folder).flatMap((tag) => {
      // A channel, such as `nightly`, is another version each week.
      const version = valid(tag);
      const file = version === null ? undefined : inFolder(path.join(folder, tag), name);
      return version === null || !file ? [] : [{ path: file, version, source: 'home' as const }];
    }),
  );
}

/** Copies whose version no folder says, each file once. */
function* others(spec: ToolSpec, search: ToolSearch): Generator<FoundTool> {
  const chosen = chosenFolder(spec, search);
  const own = chosen === '' ? undefined : inFolder(chosen, spec.name);
  const seen = new Set<string>();
  const isNew = ({ path: file }: FoundTool) => seen.size < seen.add(realpathSync(file)).size;
  if (own) {
    const found: FoundTool = { path: own, source: 'settings' };
    if (isNew(found)) yield found;
  }
  for (const found of copiesOf(spec, search)) if (isNew(found)) yield found;
}

const versionIfRuns = (spec: ToolSpec, found: FoundTool): Promise<string | undefined> =>
  versionOf(spec, found).catch(() => undefined);

function defaultPath(spec: ToolSpec, search: ToolSearch): string | undefined {
  try {
    return findTool(spec, search).path;
  } catch {
    return undefined;
  }
}

const order = (a: string, b: string): number =>
  valid(a) && valid(b) ? rcompare(a, b) : a < b ? 1 : -1;
