import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { statOf } from '../fs-sync.ts';

/** A git repository's folders, absolute. Sources: gitrepository-layout(5), git-worktree(1). */
export interface Repository {
  /** The top of its working tree, which holds `.git`. */
  root: string;
  /** The private part of this working tree: HEAD, index. */
  gitDir: string;
  /** The part shared by all of its working trees: refs, objects. Usually the same as `gitDir`. */
  commonDir: string;
}

export interface Head {
  /** null on a detached head. */
  branch: string | null;
  /** 40 or 64 hex digits; null before the first commit. */
  commit: string | null;
}

const SMALL = 64 << 10;
/** Some repositories have a hundred thousand refs. */
const PACKED_REFS = 32 << 20;
const MOST_HOPS = 5;
const hash = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export const isCommitHash = (text: string): boolean => hash.test(text);

/** The nearest folder with a `.git`, from the given one upwards; undefined when there is none. */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (statOf(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

/** The repository whose `.git` is in exactly that folder; undefined without a complete one. */
export async function repositoryAt(folder: string): Promise<Repository | undefined> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return undefined;
  const gitDir = await gitDirOf(path.join(root, '.git'));
  if (gitDir === undefined) return undefined;
  const common = (await smallText(path.join(gitDir, 'commondir')))?.trim();
  return { root, gitDir, commonDir: common ? path.resolve(gitDir, common) : gitDir };
}

async function gitDirOf(dotGit: string): Promise<string | undefined> {
  if ((await stat(dotGit).catch(() => undefined))?.isDirectory()) return dotGit;
  const link = /^gitdir: (.+?)\r?\n?$/.exec((await smallText(dotGit)) ?? '')?.[1];
  return link === undefined ? undefined : path.resolve(path.dirname(dotGit), link);
}

/**
 * Branch and commit, read from files: no program runs. `undefined` when HEAD can't be read, also in
 * repositories that keep their refs in tables (`extensions.refStorage=reftable`).
 */
export async function headOf(repository: Repository): Promise<Head | undefined> {
  const head = (await smallText(path.join(repository.gitDir, 'HEAD')))?.trim();
  if (head === undefined || head === 'ref: refs/heads/.invalid') return undefined;
  const ref = /^ref: *(\S+)$/.exec(head)?.[1];
  if (ref === undefined) return hash.test(head) ? { branch: null, commit: head } : undefined;
  const branch = ref.startsWith('refs/heads/') ? ref.slice(11) : ref;
  return { branch, commit: await commitOf(repository, ref) };
}

async function commitOf(repository: Repository, ref: string): Promise<string | null> {
  let name = ref;
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    if (!/^refs\/(?!.*\.\.)/.test(name)) return null;
    const text = (await smallText(path.join(repository.commonDir, name)))?.trim();
    if (text === undefined) return packedCommit(repository, name);
    if (hash.test(text)) return text;
    const next = /^ref: *(\S+)$/.exec(text)?.[1];
    if (next === undefined) return null;
    name = next;
  }
  return null;
}

async function packedCommit({ commonDir }: Repository, ref: string): Promise<string | null> {
  const packed = await regularText(path.join(commonDir, 'packed-refs'), PACKED_REFS);
  const at = packed?.indexOf(` ${ref}\n`) ?? -1;
  if (packed === undefined || at < 0) return null;
  const commit = packed.slice(packed.lastIndexOf('\n', at) + 1, at);
  return hash.test(commit) ? commit : null;
}

/** The commits of all packed refs whose name begins so. */
export async function packedBelow({ commonDir }: Repository, prefix: string): Promise<string[]> {
  const packed = await regularText(path.join(commonDir, 'packed-refs'), PACKED_REFS);
  return (packed ?? '')
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([commit = '', name]) =>
      name?.startsWith(prefix) && hash.test(commit) ? commit : [],
    );
}

export const smallText = (file: string): Promise<string | undefined> => regularText(file, SMALL);

/** The text of a regular file; undefined of anything else, of one above the limit (in bytes), and of
 * none. Never waits for a writer to a FIFO. */
export async function regularText(file: string, most: number): Promise<string | undefined> {
  // Opening a device may have effects, so the type is checked first.
  const before = await stat(file).catch(() => undefined);
  if (!before?.isFile()) return undefined;
  const handle = await open(
    file,
    constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0),
  ).catch(() => undefined);
  if (!handle) return undefined;
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > most) return undefined;
    return await handle.readFile('utf8');
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}
