import path from 'node:path';

/** A module and the files of ours that it imports, as paths from the root. */
export interface Module {
  file: string;
  targets: string[];
}

/**
 * What a module counts as: its folder. A feature's contract, and a file that stands above folders (an
 * interface or a list of what lies in them), count alone: others meet there by intention.
 */
function nodeOf(file: string, folders: ReadonlySet<string>): string {
  const folder = path.posix.dirname(file);
  const above = [...folders].some((other) => other.startsWith(`${folder}/`));
  return above || path.posix.basename(file) === 'contract.ts' ? file : folder;
}

/**
 * Groups of folders that reach one another by imports, each sorted; empty when there is none. Files of
 * one folder make no group.
 */
export function folderCycles(modules: readonly Module[]): string[][] {
  const folders = new Set(modules.map(({ file }) => path.posix.dirname(file)));
  const known = new Set(modules.map(({ file }) => file));
  const edges = new Map<string, Set<string>>();
  for (const { file, targets } of modules) {
    const from = nodeOf(file, folders);
    const to = edges.get(from) ?? new Set();
    for (const target of targets.filter((one) => known.has(one))) to.add(nodeOf(target, folders));
    to.delete(from);
    edges.set(from, to);
  }
  const reach = new Map([...edges.keys()].map((node) => [node, reachable(node, edges)]));
  const groups = new Set<string>();
  for (const [node, reached] of reach) {
    if (!reached.has(node)) continue;
    const group = [...reached].filter((other) => reach.get(other)?.has(node));
    const inFolders = new Set(group.map((one) => (known.has(one) ? path.posix.dirname(one) : one)));
    if (inFolders.size > 1) groups.add(JSON.stringify(group.sort()));
  }
  return [...groups].map((group) => JSON.parse(group) as string[]).sort();
}

/** Every node that can be reached by at least one edge. */
function reachable(start: string, edges: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const next of edges.get(node) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}
