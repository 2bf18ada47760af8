import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { sha256 } from '../../lib/sha256.ts';
import { type ProjectPaths, USUAL_PATHS } from './project-paths.ts';

/** Beside a folder of records: says which run it belongs to. Tools may empty the folder itself. */
const MARK = '.drydock-run';
const mark = z.object({ deployment: z.int(), target: z.string() });
type Mark = z.infer<typeof mark>;

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
  project: { id: number; path: string };
  chainId: number;
  /** Name of the network in the project's configuration. */
  network: string;
}

/** A run that they are laid out for. */
export interface RecordsOf extends RecordsPlace {
  /** Name of the network in Drydock. */
  target: string;
  deployment: number;
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
   * @returns folders that were put aside, relative to the project
   */
  async layOut(
    of: RecordsOf,
    folders: readonly string[],
    inPlace: readonly number[],
  ): Promise<string[]> {
    const isOwn = (name: string) =>
      markOf(path.join(of.project.path, name))?.deployment === of.deployment;
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

  /** Keeps what a run has left, and brings back what was put aside. Does nothing a second time. */
  async settle(of: RecordsPlace): Promise<void> {
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
    await writeFileAtomic(file, JSON.stringify([...new Set([...this.#laidOut(of), ...folders])]));
  }

  async #layOut(of: RecordsOf, name: string, inPlace: readonly number[]): Promise<boolean> {
    const folder = path.join(of.project.path, name);
    let isAside = false;
    if (existsSync(folder)) {
      isAside = !this.#isAsLeft(of, name, folder);
      if (isAside) await rename(folder, folder + ASIDE);
      else await removeAtOnce(folder);
    }
    const next = folder + NEXT;
    await mkdir(next, { recursive: true });
    const last = inPlace
      .map((id) => this.#placeOf(of, { target: of.target, deployment: id }, name))
      .find((place) => existsSync(place));
    if (last !== undefined) await cp(last, next, { recursive: true });
    const own: Mark = { deployment: of.deployment, target: of.target };
    await writeFile(folder + MARK, JSON.stringify(own));
    await rename(next, folder);
    return isAside;
  }

  async #settle(of: RecordsPlace, name: string): Promise<void> {
    const folder = path.join(of.project.path, name);
    const own = markOf(folder);
    if (own && existsSync(folder)) await this.#keep(of, name, own, folder);
    const isAside = existsSync(folder + ASIDE);
    if (own && isAside && existsSync(folder)) await removeAtOnce(folder);
    // Without the mark, a folder is the user's: it goes before theirs comes back.
    const left = [MARK, NEXT, OLD].map((end) => folder + end).filter((one) => existsSync(one));
    for (const one of left) await rm(one, { recursive: true, force: true });
    if (isAside) {
      // Where one is there that is of no run, the user has made it since.
      if (existsSync(folder)) await rename(folder + ASIDE, freeName(folder + OLDER));
      else await rename(folder + ASIDE, folder);
    }
    if (left.length > 0) await removeEmptyFrom(path.dirname(folder), of.project.path);
  }

  async #keep(of: RecordsPlace, name: string, own: Mark, folder: string): Promise<void> {
    if (readdirSync(folder).length === 0) {
      // The tool does not use it.
      await rmdir(folder);
      return;
    }
    const place = this.#placeOf(of, own, name);
    const next = `${place}.next`;
    await rm(next, { recursive: true, force: true });
    await cp(folder, next, { recursive: true });
    await rm(place, { recursive: true, force: true });
    await rename(next, place);
    await writeFile(this.#leftFile(of, name), contentOf(place));
    await prune(path.dirname(place));
  }

  /** What the last run has left there, and nobody has changed since. */
  #isAsLeft(of: RecordsPlace, name: string, folder: string): boolean {
    try {
      return readFileSync(this.#leftFile(of, name), 'utf8') === contentOf(folder);
    } catch {
      return false;
    }
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

function markOf(folder: string): Mark | null {
  try {
    return mark.parse(JSON.parse(readFileSync(folder + MARK, 'utf8')));
  } catch {
    return null;
  }
}

/** Equal for folders with the same files. */
function contentOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name))
    .sort();
  const parts = files.map((file) => `${path.relative(folder, file)} ${sha256(readFileSync(file))}`);
  return sha256(parts.join('\n'));
}

/** Deployments are numbered on: the highest numbers are the last. */
async function prune(folder: string): Promise<void> {
  const numbers = readdirSync(folder).map(Number).filter(Number.isInteger);
  const old = numbers.sort((a, b) => b - a).slice(MOST_KEPT);
  for (const number of old) await rm(path.join(folder, `${number}`), { recursive: true });
}

async function removeAtOnce(folder: string): Promise<void> {
  await rm(folder + OLD, { recursive: true, force: true });
  await rename(folder, folder + OLD);
  await rm(folder + OLD, { recursive: true });
}

function freeName(wanted: string): string {
  let name = wanted;
  for (let n = 2; existsSync(name); n++) name = `${wanted}-${n}`;
  return name;
}

/** Folders that were made for records of a tool that the project does not use. */
async function removeEmptyFrom(folder: string, end: string): Promise<void> {
  for (let at = folder; at !== end; at = path.dirname(at)) {
    const isGone = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}
