import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { rcompare, satisfies, valid } from 'semver';

/** A Node of this machine. */
export interface FoundNode {
  /** Absolute path. */
  program: string;
  /** Without the `v` before it. */
  version: string;
}

/** Where managers of versions keep theirs, below the user's home: a folder for each version. */
const KEPT = [
  { folder: ['.nvm', 'versions', 'node'], program: ['bin', 'node'] },
  { folder: ['.local', 'share', 'fnm', 'node-versions'], program: ['installation', 'bin', 'node'] },
  { folder: ['.volta', 'tools', 'image', 'node'], program: ['bin', 'node'] },
  { folder: ['.asdf', 'installs', 'nodejs'], program: ['bin', 'node'] },
  { folder: ['.local', 'share', 'mise', 'installs', 'node'], program: ['bin', 'node'] },
];

const run = promisify(execFile);
const ANSWER_WITHIN_MS = 5000;

/** So long the Node of a shell is not asked again: a start of it is a tenth of a warm deploy. */
const KNOWN_MS = 10 * 60_000;
const known = new Map<string, { node: FoundNode; at: number }>();

/**
 * Those that there are: that of the shell, that which runs Drydock, and those that managers of
 * versions keep, the newest first.
 */
export async function nodesHere(
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): Promise<FoundNode[]> {
  const ofShell = await nodeOfShell(env);
  const own = process.versions.electron
    ? []
    : [{ program: process.execPath, version: process.versions.node }];
  const kept = KEPT.flatMap(({ folder, program }) => {
    const all = path.join(home, ...folder);
    return foldersIn(all).flatMap((name) => {
      const version = valid(name.replace(/^v/, ''));
      return version === null ? [] : [{ program: path.join(all, name, ...program), version }];
    });
  });
  return [
    ...(ofShell ? [ofShell] : []),
    ...own,
    ...kept.sort((a, b) => rcompare(a.version, b.version)),
  ];
}

/**
 * The first one that all ranges allow; null: none does.
 *
 * @param ranges of npm's kind, e.g. `>=22.13.0`
 */
export const fittingNode = (
  nodes: readonly FoundNode[],
  ranges: readonly string[],
): FoundNode | null =>
  nodes.find(({ version }) => ranges.every((range) => satisfies(version, range))) ?? null;

/** The last one that it was, as long as that is there. */
async function nodeOfShell(env: NodeJS.ProcessEnv): Promise<FoundNode | null> {
  const key = env.PATH ?? '';
  const last = known.get(key);
  if (last && Date.now() - last.at < KNOWN_MS && existsSync(last.node.program)) return last.node;
  const node = await versionOf('node', env);
  if (node) known.set(key, { node, at: Date.now() });
  else known.delete(key);
  return node;
}

async function versionOf(program: string, env: NodeJS.ProcessEnv): Promise<FoundNode | null> {
  const script = 'console.log(JSON.stringify([process.execPath, process.versions.node]))';
  try {
    const { stdout } = await run(program, ['-e', script], {
      env: { ...env, NODE_OPTIONS: '' },
      timeout: ANSWER_WITHIN_MS,
    });
    const [found, version] = JSON.parse(stdout);
    return typeof found === 'string' && typeof version === 'string'
      ? { program: found, version }
      : null;
  } catch {
    return null;
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
