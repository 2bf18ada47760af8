import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { despiteLocks } from '../../lib/despite-locks.ts';
import {
  copyPlainFiles,
  entryAt,
  type PlainFolder,
  plainFiles,
  TooMuch,
} from '../../lib/plain-files.ts';
import { projectFiles, RefusedFile } from '../../lib/project-files.ts';
import { type HeldFolder, projectWriter } from '../../lib/project-writer.ts';
import { sha256 } from '../../lib/sha256.ts';
import { AppError } from '../../shared/errors.ts';
import { type ProjectPaths, USUAL_PATHS } from './project-paths.ts';

/** Beside a folder of records: says which run it belongs to. Tools may empty the folder itself. */
const MARK = '.drydock-run';
const mark = z.object({
  deployment: z.int(),
  // It names a folder.
  target: z
    .string()
    .max(200)
    .refine((name) => !['', '.', '..'].includes(name)),
});
type Mark = z.infer<typeof mark>;
const MOST_OF_MARK = 1000;

/** The user's own, while a run goes on. */
const ASIDE = '.drydock-aside';
/** What a run is to begin with, while it is written. */
const NEXT = '.drydock-next';
/** What is being deleted: nothing has half of it under its own name. */
const OLD = '.drydock-old';
/** The user's, of which there is a newer one. */
const OLDER = '.drydock-older';
/** Of each network. */
const MOST_KEPT = 200;

/** The records of one project on one chain. */
export interface RecordsPlace {
  project: {
    id: number;
    path: string;
    /** See `ProjectFiles`, as it was before the project's code ran. Default: as it is now. */
    boundary?: string;
  };
  chainId: number;
  /** Name of the network in the project's configuration. */
  network: string;
}

/** A run that they are laid out for. */
export interface RecordsOf extends RecordsPlace {
  /** Name of the network in Drydock. */
  target: string;
  deployment: number;
  /** It begins with the user's own records, as a rehearsal of a live network does. */
  goesOn?: boolean;
}

/** Where Ignition and hardhat-deploy remember what is on a chain, relative to the project. */
export const recordFolders = (
  { chainId, network }: Pick<RecordsPlace, 'chainId' | 'network'>,
  { ignition, deployments }: Pick<ProjectPaths, 'ignition' | 'deployments'> = USUAL_PATHS,
): string[] => [
  path.join(ignition, 'deployments', `chain-${chainId}`),
  path.join(deployments, network),
];

/** Names the folders that are laid out now: a run that is cut off can't say where they were. */
const LAID_OUT = 'laid-out.json';
const folderNames = z.array(z.string());

/**
 * Ignition and hardhat-deploy remember in folders of the project what they have deployed to a chain,
 * and skip it. They can not know that a chain of Drydock's was taken back or begun anew. So these
 * folders follow the chain: each run begins with the records of the newest run that is in place, and
 * what it leaves is kept under its own number. Records that Drydock has not written, or that were
 * changed since, are put aside meanwhile and come back after the run; nothing of them is changed.
 *
 * The project's code may replace any of it meanwhile: nothing outside of the project's boundary is
 * read or changed, and only regular files are kept.
 *
 * Every step can be interrupted: the next one that comes to the folders puts them right.
 */
export class ToolRecords {
  readonly #kept: string;

  /** @param dataFolder that of Drydock */
  constructor(dataFolder: string) {
    this.#kept = path.join(dataFolder, 'tool-records');
  }

  /**
   * Lays the records out for a run, in those of the folders that are not laid out for it already.
   *
   * @param folders relative to the project
   * @param inPlace runs of the project whose results are on the chain now, the newest first
   * @returns folders that were put aside, relative to the project. Rejects with NOT_A_PROJECT where
   *   one leads out of it, or holds too much.
   */
  layOut(of: RecordsOf, folders: readonly string[], inPlace: readonly number[]): Promise<string[]> {
    return explained(() => this.#layOutAll(of, folders, inPlace));
  }

  async #layOutAll(
    of: RecordsOf,
    folders: readonly string[],
    inPlace: readonly number[],
  ): Promise<string[]> {
    const isOwn = (name: string) => {
      using place = placeIn(of, name);
      return place !== undefined && markOf(of, place.folder)?.deployment === of.deployment;
    };
    const left = [...new Set([...folders, ...this.#laidOut(of)])].filter((name) => !isOwn(name));
    for (const name of left) await this.#settle(of, name);
    await this.#noteLaidOut(of, folders);
    const aside: string[] = [];
    for (const name of folders) {
      if (isOwn(name)) continue;
      if (await this.#layOut(of, name, inPlace)) aside.push(name);
    }
    return aside;
  }

  /**
   * Takes away what a run on a chain of Drydock's has left, before a run on a network that others
   * see: its tool would take what a chain had for what the network has. Rejects like `layOut`.
   */
  clear(of: RecordsPlace, folders: readonly string[]): Promise<void> {
    return explained(async () => {
      await this.#settleAll(of);
      for (const name of folders) {
        using place = placeIn(of, name);
        if (!place || !entryAt(place.folder) || !(await this.#isAsLeft(of, name))) continue;
        await removeAtOnce(place.folder);
      }
    });
  }

  /**
   * Keeps what a run has left, and brings back what was put aside. Does nothing a second time.
   * Rejects like `layOut`.
   */
  settle(of: RecordsPlace): Promise<void> {
    return explained(() => this.#settleAll(of));
  }

  async #settleAll(of: RecordsPlace): Promise<void> {
    const laidOut = this.#laidOut(of);
    const all = new Set([...recordFolders(of), ...laidOut]);
    for (const name of all) await this.#settle(of, name);
    if (laidOut.length > 0) await rm(this.#laidOutFile(of), { force: true });
  }

  #laidOutFile({ project }: RecordsPlace): string {
    return path.join(this.#kept, `${project.id}`, LAID_OUT);
  }

  #laidOut(of: RecordsPlace): string[] {
    try {
      return folderNames.parse(JSON.parse(readFileSync(this.#laidOutFile(of), 'utf8')));
    } catch {
      return [];
    }
  }

  async #noteLaidOut(of: RecordsPlace, folders: readonly string[]): Promise<void> {
    const file = this.#laidOutFile(of);
    await mkdir(path.dirname(file), { recursive: true });
    await despiteLocks(() =>
      writeFileAtomic(file, JSON.stringify([...new Set([...this.#laidOut(of), ...folders])])),
    );
  }

  async #layOut(of: RecordsOf, name: string, inPlace: readonly number[]): Promise<boolean> {
    const writer = writerOf(of);
    const full = path.join(of.project.path, name);
    using above = writer.make(path.dirname(full));
    const folder = path.join(above.path, path.basename(full));
    let isAside = false;
    if (entryAt(folder)) {
      isAside = !(await this.#isAsLeft(of, name));
      if (isAside) await despiteLocks(() => rename(folder, folder + ASIDE));
      else await removeAtOnce(folder);
    }
    writer.make(full + NEXT)[Symbol.dispose]();
    if (isAside && of.goesOn) {
      const next = { writer, folder: full + NEXT };
      await copyPlainFiles({ writer, folder: full + ASIDE }, next);
    }
    const last = inPlace
      .map((id) => this.#placeOf(of, { target: of.target, deployment: id }, name))
      .find((place) => existsSync(place));
    if (last !== undefined) {
      await copyPlainFiles(this.#inKept(last), { writer, folder: full + NEXT });
    }
    const own: Mark = { deployment: of.deployment, target: of.target };
    await writeFile(folder + MARK, JSON.stringify(own), { flag: 'wx' });
    await despiteLocks(() => rename(folder + NEXT, folder));
    return isAside;
  }

  async #settle(of: RecordsPlace, name: string): Promise<void> {
    using place = placeIn(of, name);
    if (!place) return;
    const { folder } = place;
    const own = markOf(of, folder);
    if (own && entryAt(folder)) await this.#keep(of, name, own, folder);
    const isAside = entryAt(folder + ASIDE) !== undefined;
    if (own && isAside && entryAt(folder)) await removeAtOnce(folder);
    // Without the mark, a folder is the user's: it goes before theirs comes back.
    const left = [MARK, NEXT, OLD].map((end) => folder + end).filter(entryAt);
    for (const one of left) await despiteLocks(() => rm(one, { recursive: true, force: true }));
    if (isAside) {
      // Where one is there that is of no run, the user has made it since.
      if (entryAt(folder))
        await despiteLocks(() => rename(folder + ASIDE, freeName(folder + OLDER)));
      else await despiteLocks(() => rename(folder + ASIDE, folder));
    }
    if (left.length > 0) await removeEmptyAbove(of, name);
  }

  async #keep(of: RecordsPlace, name: string, own: Mark, folder: string): Promise<void> {
    // The project's code has put another thing there.
    if (!entryAt(folder)?.isDirectory()) return;
    if ((await readdir(folder)).length === 0) {
      // The tool does not use it.
      await rmdir(folder);
      return;
    }
    const place = this.#placeOf(of, own, name);
    const next = `${place}.next`;
    await despiteLocks(() => rm(next, { recursive: true, force: true }));
    await mkdir(next, { recursive: true });
    await copyPlainFiles(inProject(of, name), this.#inKept(next));
    await despiteLocks(() => rm(place, { recursive: true, force: true }));
    await despiteLocks(() => rename(next, place));
    await writeFile(this.#leftFile(of, name), await contentOf(this.#inKept(place)));
    await prune(path.dirname(place));
  }

  /** What the last run left there, unchanged since. */
  async #isAsLeft(of: RecordsPlace, name: string): Promise<boolean> {
    try {
      const left = readFileSync(this.#leftFile(of, name), 'utf8');
      return left === (await contentOf(inProject(of, name)));
    } catch {
      return false;
    }
  }

  #inKept(folder: string): PlainFolder {
    return { writer: projectWriter(this.#kept), folder };
  }

  #leftFile({ project, chainId }: RecordsPlace, name: string): string {
    return path.join(this.#kept, `${project.id}`, `left-${which(chainId, name)}`);
  }

  #placeOf({ project, chainId }: RecordsPlace, own: Mark, name: string): string {
    const target = encodeURIComponent(own.target);
    const folder = path.join(this.#kept, `${project.id}`, target, which(chainId, name));
    return path.join(folder, `${own.deployment}`);
  }
}

const which = (chainId: number, name: string) => `${chainId}-${sha256(name).slice(0, 12)}`;

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusedFile || error instanceof TooMuch) {
      throw new AppError(
        'NOT_A_PROJECT',
        `The records of the project's tools can't follow the chain: ${error.message}. Move it away, then deploy again.`,
      );
    }
    throw error;
  }
}

const writerOf = ({ project: { path: folder, boundary } }: RecordsPlace) =>
  projectWriter(folder, { boundary });

const inProject = (of: RecordsPlace, name: string): PlainFolder => ({
  writer: writerOf(of),
  folder: path.join(of.project.path, name),
});

/** A folder of records by a path that stays; undefined: there is nothing that it could lie in. */
function placeIn(of: RecordsPlace, name: string): (Disposable & { folder: string }) | undefined {
  if (!existsSync(of.project.path)) return undefined;
  const full = path.join(of.project.path, name);
  const above: HeldFolder | undefined = writerOf(of).hold(path.dirname(full));
  return (
    above && {
      folder: path.join(above.path, path.basename(full)),
      [Symbol.dispose]: () => above[Symbol.dispose](),
    }
  );
}

function markOf({ project }: RecordsPlace, folder: string): Mark | null {
  try {
    const text = projectFiles(project.path).text(folder + MARK, MOST_OF_MARK);
    return mark.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Equal for folders with the same files. */
async function contentOf(folder: PlainFolder): Promise<string> {
  const parts: string[] = [];
  for await (const { name, content } of plainFiles(folder)) {
    const hash = createHash('sha256');
    for await (const piece of content()) hash.update(piece);
    parts.push(`${name} ${hash.digest('hex')}`);
  }
  return sha256(parts.sort().join('\n'));
}

/** Deployments are numbered on: the highest numbers are the last. */
async function prune(folder: string): Promise<void> {
  const numbers = readdirSync(folder).map(Number).filter(Number.isInteger);
  const old = numbers.sort((a, b) => b - a).slice(MOST_KEPT);
  for (const number of old)
    await despiteLocks(() => rm(path.join(folder, `${number}`), { recursive: true }));
}

async function removeAtOnce(folder: string): Promise<void> {
  await despiteLocks(() => rm(folder + OLD, { recursive: true, force: true }));
  await despiteLocks(() => rename(folder, folder + OLD));
  await despiteLocks(() => rm(folder + OLD, { recursive: true }));
}

function freeName(wanted: string): string {
  let name = wanted;
  for (let n = 2; entryAt(name); n++) name = `${wanted}-${n}`;
  return name;
}

/** Folders that were made for records of a tool that the project does not use. */
async function removeEmptyAbove(of: RecordsPlace, name: string): Promise<void> {
  for (let at = path.dirname(name); at !== '.'; at = path.dirname(at)) {
    using place = placeIn(of, at);
    const isGone = await rmdir(place?.folder ?? '').then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}
